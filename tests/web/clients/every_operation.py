"""Calls the operations that are named on standard input, as `[[tag, operation, parameters], ...]`,
with the generated client, and prints for each the name of what it answers with."""

import json
import sys
from importlib import import_module

from parallax_client import Client

client = Client(base_url=sys.argv[1], timeout=60)
for tag, operation, parameters in json.load(sys.stdin):
    module = import_module(f"parallax_client.api.{tag}.{operation}")
    answer = module.sync_detailed(client=client, **parameters)
    print(operation, int(answer.status_code), type(answer.parsed).__name__)
