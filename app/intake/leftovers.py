"""Lines that a page leaves in an article's text, told by their own words.

Every rule is about a whole line and is narrow: what is not sure stays. Their words are those that
outlets print, in the languages that they print them in; a new one is one more line here.
"""

import re
from collections.abc import Iterator

AGE = "age notice"
CAPTION = "caption"
CREDIT = "photo credit"
FOLLOW = "follow line"
SHARE = "share line"
NEWSLETTER = "newsletter line"
READ_MORE = "read more"
ADVERTISEMENT = "advertisement"
COPYRIGHT = "copyright notice"
AGENCY_CREDIT = "agency credit"

# Who sells pictures and nothing else, so that the name alone is a credit.
_PICTURE_DESK = (
    r"getty(?: images)?|gettyimages|istock(?:photo)?|shutterstock|alamy(?: stock photo)?|landov"
    r"|rex features|zuma(?: press)?|sipa(?: usa)?|imago images|magnum photos|splash news"
    r"|ap (?:photos?|images)|epa-efe|picture alliance|depositphotos|dreamstime|nurphoto"
)
# Who sells news too: a credit only beside another name, an image word or a slash.
_AGENCY = (
    rf"{_PICTURE_DESK}|afp|ap|the associated press|associated press|reuters|epa|efe|dpa|pa|pa wire"
    r"|press association|tass|sputnik|ria novosti|xinhua|kyodo|ansa|anadolu(?: agency)?|sana|upi"
    r"|bloomberg|cnn|bbc|ritzau|tt|ntb|apa|keystone|belga|anp|scanpix|lehtikuva|the canadian press"
    r"|canadian press|aap|yonhap|pti|ani|rex|corbis|polaris|wenn|barcroft(?: media)?|unsplash"
    r"|pixabay|wikimedia(?: commons)?|flickr|handout|file|courtesy|supplied"
)
_IMAGE = (
    r"photos?|photographs?|pictures?|pics?|images?|imagen(?:es)?|imagem|immagine|fotos?|bild(?:er)?"
    r"|fotografías?|fotografia|cr[ée]dits? photos?|photo credits?|image credits?|illustrations?"
    r"|afbeelding|beeld|kuva|zdjęcie|fot\.|фото|صورة|fotoğraf|φωτογραφία"
)
_VIA = r"by|via|vía|por|von|par|di|de|door|av|courtesy(?: of)?|from|credit|copyright|source"
_NAME = r"[\w.'’\-&]+(?: [\w.'’\-&]+){0,5}"
_PROPER = (
    r"(?-i:[A-ZÀ-ÞА-Я@][\w.'’\-]*)"
    r"(?:[ ,/]+(?:of|for|the|de|la|al|van|von|bin|and|via|&|(?-i:[A-ZÀ-ÞА-Я@][\w.'’\-]*)))*"
)
_CREDIT = (
    rf"(?!(?:photos|pictures|images)\s*:[^/]*$)(?:{_IMAGE})\s*[:©].{{1,90}}"
    rf"|(?:{_NAME}\s*/\s*)+(?:{_AGENCY})(?:\s*/\s*{_NAME})*(?:,? (?:file|via) ?.{{0,30}})?"
    rf"|(?:{_NAME}\s*/\s*)+{_NAME} via (?:getty images|ap|reuters)(?:,? file)?"
    rf"|(?:{_AGENCY})\s*/\s*{_NAME}|(?:{_PICTURE_DESK})"
    r"|(?-i:[A-Z][\w.'’\-]+(?: [A-Z][\w.'’\-]+){1,3} ?/ ?[A-Z][\w.'’\-]*(?: [A-Z][\w.'’\-]*){0,3})"
    r"|ap photo.{0,60}"
    r"|(?:credits?|cr[ée]ditos?|crédit)\s*:.{1,80}|©.{1,80}"
)
# In brackets at the end of a line a credit may be freer: "(Imagen vía EPA)".
_CREDIT_BRACKET = (
    rf"[\[(]\s*(?:{_CREDIT}|(?:file )?(?:{_IMAGE})\s*(?:{_VIA}|/|-|–)\s*[^)\]]{{1,90}})\s*[\])]"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_NETWORK = (
    r"(?:twitter|facebook|instagram|x|threads|bluesky|mastodon|linkedin|youtube|telegram|whatsapp"
    r"|tiktok|snapchat|google\+|google news|pinterest|tumblr|flipboard|reddit)"
)
_NETWORKS = rf"(?:{_NETWORK}(?:(?:,| and| &| or| et| y| und| e|, and)\s*(?:on )?)?){{1,6}}"
_YEARS = r"(?:years?|months?|ans?|mois|años?|meses|jahre?n?|monate?n?|anni|mesi|anos?|jaar|år|lat)"

# (reason, what must stand in the line for the rule to be tried, what the whole line must be).
# The first rule that fits gives the reason.
_RULES: tuple[tuple[str, str, str], ...] = (
    (AGE, " old", rf"(?:this|the) (?:story|article|post|page|report|content|piece) is "
     rf"(?:over|more than|at least) \w+ {_YEARS} old\.?"),
    (AGE, " ago", rf"(?:this|the) (?:story|article|post|report|piece) was (?:originally |first )?"
     rf"published (?:over|more than|at least) \w+ {_YEARS} ago\.?"),
    (AGE, "", r"(?:cet article|este art[íi]culo|este artigo|dieser (?:artikel|beitrag)"
     r"|quest['’ ]?o? ?articolo|dit artikel|denne artikel|denne artikkelen|den här artikeln"
     r"|ten artykuł) [\w ]{1,30}(?:plus de|más de|mais de|älter als|mehr als|più di|ouder dan"
     rf"|meer dan|over|mer än|eldre enn|ponad) \w+ {_YEARS}[\w ]{{0,20}}\.?"),
    (COPYRIGHT, " reserved", r"(?:[^.!?]{1,80}\. )?all rights reserved\b.{0,200}"),
    (COPYRIGHT, "", r"(?:©|\(c\)|copyright)(?: ?©| ?\(c\))? ?(?:19|20)\d\d\b[^.!?]{0,100}\.?"),
    (COPYRIGHT, "copyright", r"(?:©[^!?]{1,80}\. )?(?:this|the) (?:article|story|report|content"
     r"|material) is (?:the )?copyright(?:ed)?\b.{0,330}"),
    (COPYRIGHT, "", r"(?:materiał chroniony prawem autorskim|all content ©|alle rechte vorbehalten"
     r"|tous droits réservés|todos los derechos reservados|tutti i diritti riservati"
     r"|todos os direitos reservados|wszelkie prawa zastrzeżone)\b.{0,250}"),
    (COPYRIGHT, "", r"(?:(?:unless|except where) otherwise (?:noted|stated|indicated)|sofern nicht"
     r" anders (?:ausgewiesen|angegeben|vermerkt)),[^.!?]{1,120}\b(?:website|site|inhalte|content"
     r"|cc|creative commons|licen[cs]ed|lizenz)\b.{0,120}"),
    (ADVERTISEMENT, "affiliate", r"(?:this|the|our) (?:post|article|page|story|site)s? (?:may )?"
     r"(?:contain|include)s? (?:\w+ ){0,3}affiliate\b.{0,330}"),
    (ADVERTISEMENT, "affiliate", r"(?:.{1,90} / )?(?:dieser (?:beitrag|artikel|post) enthält|bei"
     r" den [^.]{1,60} handelt es sich um)\b[^.]{0,40}\baffiliate[ -]?links?\b.{0,330}"),
    (ADVERTISEMENT, "", r"(?:as an amazon associate|als amazon-partner)\b.{0,200}"),
    (ADVERTISEMENT, "enthält", r"\*?(?:werbung|anzeige)?\W*(?:dieser|der) (?:beitrag|artikel|post)"
     r" enthält (?:werbung|werbliche|anzeigen|produktplatzierung)\b[^!?]{0,120}"),
    (CREDIT, ":", r"(?:beitragsbild|titelbild|titelfoto|aufmacherbild|symbolbild|header image"
     r"|featured image|cover photo|imagen destacada|image à la une)\s*:\s*.{1,160}"),
    (CAPTION, "caption", r"(?:image (?:copyright|source),? .{1,80}? )?(?:image|media|video) caption"
     r",? .{1,400}"),
    (CAPTION, "hide caption", r".{1,500} hide caption(?: \d+ of \d+)?"),
    (CAPTION, "media playback", r"media playback is (?:un|not )supported on (?:your|this) device\b"
     r".{0,400}"),
    (CREDIT, "toggle caption", r"(?:enlarge this image )?toggle caption .{1,120}"),
    (CREDIT, "", r"image (?:source|copyright),? .{1,80}|photos?|enlarge (?:this )?image.{0,40}"),
    (CREDIT, "", rf"(?:{_CREDIT}|{_CREDIT_BRACKET})\.?"),
    (CREDIT, " by ", rf"(?:{_IMAGE}) (?:courtesy )?by {_PROPER}\.?"),
    (CREDIT, "courtesy", rf"(?:(?:{_IMAGE}) )?courtesy (?:of )?{_PROPER}\.?"),
    (CAPTION, "/", rf"\d{{1,3}} ?/ ?\d{{1,3}} \d{{1,2}} {_MONTH} \d{{4}} \S.{{1,400}}"),
    (CAPTION, ")", rf"[^(]{{1,400}}(?:\([^()]*\)[^(]{{1,300}}){{0,3}}{_CREDIT_BRACKET}\.?"),
    (CAPTION, "]", rf"[^\[]{{1,400}}{_CREDIT_BRACKET}\.?"),
    (CAPTION, " images", r".{1,300}[^.!?…\"'”’] (?:[\w.'’\-]+ ?/ ?)*(?:getty|ap) images"),
    (CAPTION, " rex features", r".{1,300}[^…\"'”’] rex features"),
    (CAPTION, "/", r".{1,300}[^.!?…\"'”’] (?:[\w.'’\-]+ ?/ ?)+"
     r"(?-i:Reuters|REUTERS|AFP|AP|EPA|PA|DPA|dpa)"),
    (CAPTION, ": ", rf".{{1,300}} \|? ?"
     rf"(?-i:Photo(?:s|graph|grapher| [Cc]redit)?|PHOTO|Picture|Credit): {_PROPER}"),
    (CAPTION, "©", r".{1,300}[^.!?…] ?©.{1,60}[^.!?…]"),
    (FOLLOW, " on ", rf"(?:you can )?follow .{{1,90}}? on (?:our )?{_NETWORKS}"
     r"(?:\s*(?:[:;]|at|for|to|and|@|-|–|\()[^.!?]{0,90}|\s*)\.?\)?"),
    (FOLLOW, " on ", r"(?:like|find|join|connect with) (?:us|me|the [^.!?,]{1,40}|"
     rf"(?-i:[A-Z])[^.!?,]{{1,40}}) on {_NETWORKS}"
     r"(?: (?:and|for|to) [^.!?,]{1,80}|:.{1,60})?\.?"),
    (FOLLOW, "", r"(?:sigue|siga|sigan|s[ií]guenos|s[ií]ganos|segui|seguici|siga-nos|suivez"
     r"|folgen sie|folge|folg|volg|följ|følg)\b[^.!?]{0,80}? (?:en|sur|auf|su|op|på|no|em|bei) "
     rf"{_NETWORKS}(?:\s*[:@(][^.!?]{{0,60}})?\.?"),
    (FOLLOW, "@", r"follow [^.!?]{1,60} on [^.!?]{1,120}@\w+\.?"
     r"(?: (?:send|contact|e-?mail|reach) us[^.!?]{1,160}[.!]?)?"),
    (FOLLOW, "", rf"s[ií](?:gue|guenos|ganos|gan) en {_NETWORKS} para [^.!?]{{1,90}}\.?"),
    (FOLLOW, "", r"[^.!?]{0,90}\b(?:canal|channel|kanal|grupo|gruppe|group)"
     rf" (?:de|of|en|on|von|auf|bei) {_NETWORK}[?!.]? (?:únete|unite|join|suscríbete"
     r"|subscribe|tritt)\b[^?!]{0,90}"),
    (FOLLOW, "@", rf"[^.!?]{{1,60}} (?:is|are|tweets|can be found) on {_NETWORK}"
     r"\s*(?:at|:|,)?\s*@\w+\.?"),
    (FOLLOW, "@", r"(?:follow|contact|e-?mail|write to|reach)"
     r"(?: (?:the )?(?:writers?|authors?|reporters?|us|me))?(?: (?:at|on))?"
     r"\s*:?\s+(?:\S+@\S+\.\w+|@\w+)(?:\s*(?:[;,|]|and|or)[^.!?]{0,90})?\.?"),
    (SHARE, "share", r"(?:read or )?share (?:this|the) (?:article|story|post|page|video|report)\b"
     r"(?:\s*(?:[:|(]|on|via|with|http).{0,250}|\s*)\.?"),
    (SHARE, "share", r"share (?:this |it )?(?:with|on|via) [^.!?]{1,60}"),
    (SHARE, "", r"(?:share|share this|tweet|tweet this|print|print this|e-?mail|e-?mail this"
     r"|copy link|(?:leave|post|add) a comment|(?:view|show|read|hide)(?: all)? comments"
     r"|\d+ (?:comments?|shares?))"),
    (SHARE, "", r"(?:teilen sie dies mit|teile dies mit|teilen mit|gefällt mir|bewerten|drucken"
     r"|beitrag teilen|artikel teilen|kommentar(?:e)? (?:schreiben|verfassen|hinterlassen)"
     r"|(?:keine|no|\d+|sin|aucun) (?:kommentare?|comments?|comentarios?|commentaires?)"
     r"(?: \([^)]*\))?"
     r"|(?:kommentare|comments)(?: insgesamt)?\s*:?\s*\d+|compártelo|comparte esto)\s*:?"),
    (SHARE, "", r"(?:(?:share|tweet|pin|print|e-?mail|facebook|twitter|whatsapp|linkedin|reddit"
     r"|google\+|pinterest)(?:\s*[|/·,]\s*|\s+|$)){2,}"),
    (SHARE, "", r"(?:partager|partagez|compartir|comparte|compartilhar|compartilhe|condividi|teilen"
     r"|delen|dela|del|udostępnij|поделиться)(?: (?:cet article|este artículo|esta noticia"
     r"|este artigo|questo articolo|diesen artikel|dit artikel|denne artikkelen|artikeln"
     r"|(?:sur|en|auf|su|op|på|no|em) [^.!?]{1,30}))(?:\s*:.{0,200})?"),
    (NEWSLETTER, "", r"(?:please |click here to |to receive [^.!?]{1,60}, )?(?:sign up|subscribe)"
     r"(?: (?:here|now|today))?[.!]?"),
    (NEWSLETTER, "", r"(?:never|don['’]t) miss (?:a|an|the|any|our)\b[^.!?]{1,90}\b(?:newsletters?"
     r"|inbox|by e-?mail|alerts)\b[^.!?]{0,40}[.!]?"),
    (NEWSLETTER, "", r"(?:get|receive|have) [^.!?]{1,60} (?:by e-?mail|delivered)\b[^.!?]{0,80}"
     r"(?:sign up|subscribe)[.!]?"),
    (NEWSLETTER, "sign up", r"(?:do you |would you like |want )[^.!?]{1,80}\? sign up"
     r"(?: here| now)?[.!]?"),
    (NEWSLETTER, "", r"(?:sign up|subscribe) (?:here |now |today )?(?:to (?:get|receive|have)"
     r"|and (?:get|receive)) (?:the|our|all|every|more|exclusive|a|your)\b(?=[^.!?]*\b(?:content"
     r"|deals|news|stories|updates|offers|headlines|coverage|inbox|e-?mails?)\b)[^.!?\"“”]{1,120}[.!]?"),
    (NEWSLETTER, "newsletter", r"(?:(?-i:[A-Z&])[\w'’&.-]*,? ){0,4}newsletters?[.:!]?"),
    (NEWSLETTER, "", r"(?:please )?subscribe (?:now |today |here )?to (?:our|the) [^.!?]{0,50}"
     r"(?:edition|e-?paper|site|website) (?:for|to)\b[^.!?]{1,60}[.!]?"),
    (NEWSLETTER, "", r"to (?:view|read|see|access|continue reading) (?:the|this) (?:full|rest|whole"
     r"|entire|article|story)[^.!?]{0,60}(?:subscribe|log ?in|sign in|register)\b.{0,160}"),
    (NEWSLETTER, "subscriber", r"if you(?:['’]re| are) (?:seeing this message[^.!?]{0,40}"
     r"|(?:already )?a (?:current |print |digital )?subscriber)\b[^.!?]{0,140}(?:log|sign) ?in\b"
     r"[^.!?]{0,80}[.!]?"),
    (NEWSLETTER, "download", r"(?:for [^.!?]{1,80},? )?(?:please )?download (?:the|our)"
     r" [^.!?,]{1,40} apps?\b[^.!?]{0,80}[.!]?"),
    (NEWSLETTER, "", r"(?:(?:sie sind|du bist) (?:aktuell |derzeit )?nicht (?:eingeloggt"
     r"|angemeldet)"
     r"|(?:benachrichtigung(?:en)?|push-nachrichten) aktivieren|you are not logged in"
     r"|(?:please )?(?:log in|sign in|register)(?: or (?:register|sign up|subscribe))?"
     r" to (?:comment|continue|read|post)\b[^.!?]{0,40})[.!]?"),
    (NEWSLETTER, "", r"(?:hazte (?:miembro|socio|premium)|suscr[ií]bete|devenez membre"
     r"|jetzt (?:mitglied werden|abonnieren|anmelden))(?: [^.!?]{0,80})?[.!]?"),
    (NEWSLETTER, "", r"(?:please |click here to |to receive [^.!?]{1,60}, )?(?:sign up|subscribe)"
     r"(?: (?:here|now|today))? (?:to|for) (?=[^.!?]*(?:newsletter|alert|update|inbox|briefing"
     r"|e-?mails|digest|podcast|daily|weekly|channel|free))"
     r"[^.!?]{0,150}[.!]?(?: [^.!?]{1,80}[.!])?"),
    (NEWSLETTER, "enter your email", r".{0,80}(?:please )?enter your e-?mail address.{0,400}"),
    (NEWSLETTER, "", r"(?:get|receive) [^.!?]{1,120}(?:newsletters?|(?:in|to|into) your inbox"
     r"|delivered (?:daily|weekly|straight))[^.!?]{0,80}[.!]?(?: [^.!?]{1,80}[.!])?"),
    (NEWSLETTER, "", r"(?:abonnez-vous|inscrivez-vous|suscr[íi]b(?:ete|ase)|assine|iscriviti"
     r"|(?:jetzt )?abonnieren sie|melden sie sich)[^.!?]{0,60}(?:newsletter|lettre|bolet[íi]n)"
     r"[^.!?]{0,80}[.!]?"),
    (READ_MORE, "", r"(?:read more|read also|also read|read next|see also|more on this(?: story)?"
     r"|you (?:may|might) also like|recommended(?: for you)?|related(?: (?:stories|story|articles?"
     r"|topics|content|links|coverage|news|posts|video))?|don['’]t miss|must read"
     r"|most (?:read|popular|viewed)|trending(?: now)?|watch (?:now|next|more)|lire aussi"
     r"|à lire aussi|lisez aussi|en savoir plus|le[ea] (?:también|más)|leer más|ver también"
     r"|leia (?:também|mais)|veja também|leggi anche|leggi di più|lesen sie (?:auch|mehr)"
     r"|lesen sie hierzu auch|lies auch|mehr zum thema|weiterlesen|lees (?:ook|verder|meer)"
     r"|läs (?:också|mer|även)|les (?:også|mer)|læs (?:også|mere)|lue myös"
     r"|czytaj (?:też|także|więcej)|читайте также|читать далее|اقرأ أيضا)"
     r"(?:\s*(?:[:|>»→…]|\.\.\.| [-–—] ).{0,250}|)"),
    (READ_MORE, "", r"(?:auch interessant|schon gelesen|zum weiterlesen|weiterführende links"
     r"|mehr dazu|lesetipps?|passend dazu|mehr zu diesem thema|das könnte (?:sie|dich|euch) auch"
     r" interessieren|le puede interesar|te puede interesar|puede interesarle|te recomendamos"
     r"|mir[ae]|vea|vea también|mira también|además|nota relacionada|notas? relacionadas?"
     r"|lea además|dowiedz się więcej|zobacz (?:też|także|również)|przeczytaj (?:też|także"
     r"|również)|polecamy|voir aussi|à voir aussi|sur le même sujet"
     r"|pour aller plus loin|approfondisci|vedi anche|potrebbe interessarti"
     r"|leia ainda|saiba mais|bekijk ook|lees meer|further reading"
     r"|more on this topic|more information|weitere informationen(?: [^.!?:]{1,50})?"
     r"|zusatzinformationen)\s*(?:[:?]\s*(?:.{0,250}[^.!])?)?"),
    (READ_MORE, "", r"(?:mehr zum thema|top-?themen (?:bei|auf)|entdecke weitere|más sobre"
     r"|beiträge aus dem)(?: [^.!?,;:]{1,60})?"),
    (READ_MORE, "", r"meistgelesen|temas|kategorien|schlagwörter|etiquetas|alle beiträge"),
    (READ_MORE, "", r"(?:kategorien?|categor(?:y|ies)|tags?|schlagwörter|schlagworte|filed under"
     r"|catégories?|categorías?|etiquetas|tópicos|topics?)\s*:\s*[^.!?]{1,120}"),
    (READ_MORE, "", r"(?:read more|read also|see also) (?:about|on|here)\b[^.!?]{0,120}"),
    (READ_MORE, " read more", r"(?:(?!\. ).){1,250}[^.\s] (?-i:Read [Mm]ore|READ MORE)"),
    (READ_MORE, ":", r"(?:photos|pictures|images|videos?|watch|gallery|in pictures|listen|podcast)"
     r"\s*:\s.{1,200}[^.]"),
    (READ_MORE, "", r"(?:click|tap) here (?:to|for) [^.!?]{1,120}[.!]?"),
    (READ_MORE, "", r"more from (?:this |our |us\b|(?-i:[A-Z@]))[^.!?,;:]{0,60}"),
    (ADVERTISEMENT, "", r"(?:advertisement|advertorial|sponsored(?: content| post| by .{1,40})?"
     r"|paid (?:content|post)|ads by \w+|anzeige|werbung|publicité|publicidade?|pubblicità|reklame?"
     r"|reklama|annons|annonse|advertentie|реклама)[:.]?(?:\s*continue reading.{0,60})?"),
    (ADVERTISEMENT, "continue", r"(?:(?:story|article|post|text) continues (?:below|after)"
     r"|continue reading (?:below|the main story|after)|scroll (?:down )?to continue)"
     r"[^.!?]{0,60}[.!]?"),
    (ADVERTISEMENT, "", rf"(?:skip past newsletter promotion|after newsletter promotion"
     rf"|skip (?:to|past) (?:main |footer )?(?:content|navigation)"
     rf"|(?:skip|end of) {_NETWORK} (?:post|video)(?: by .{{1,60}})?)"),
    (AGENCY_CREDIT, " by ", r"\(?(?:additional )?(?:reporting|writing) by .{1,250}[;.,] ?"
     r"(?:additional reporting|writing|editing) by .{1,160}\)?"),
    (AGENCY_CREDIT, " by ", r"\((?:additional )?(?:reporting|writing|editing) by .{1,200}\)"),
    (AGENCY_CREDIT, " by ", rf"(?:additional )?(?:reporting|writing|editing) by {_PROPER}\.?"),
)  # fmt: skip

_COMPILED = tuple((reason, cue, re.compile(rule, re.IGNORECASE)) for reason, cue, rule in _RULES)
_LONGEST = 520
# A caption says one thing or two; a paragraph that merely ends in a bracket says more.
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]* +(?=[\"'“‘(]?[^\W\d_a-z])")
_MOST_SENTENCE_ENDS = 3


def leftover(text: str) -> str | None:
    """The reason why a line (clean, without line breaks) is no prose of the article, or None."""
    return next(_reasons(text), None) if len(text) <= _LONGEST else None


def _reasons(text: str) -> Iterator[str]:
    lower = text.lower()
    for reason, cue, rule in _COMPILED:
        if cue in lower and rule.fullmatch(text):
            if reason == CAPTION and len(_SENTENCE_END.findall(text)) > _MOST_SENTENCE_ENDS:
                continue
            yield reason
