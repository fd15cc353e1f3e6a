/**
 * Why a mail server refused an email, as far as it can be told, in the order in which a cause wins
 * where a text names several:
 * - `sender`: about us: reputation, blocklist, authentication, policy, relaying
 * - `rate`: too many emails or connections at once
 * - `content`: taken for spam or a virus, too large, or of a wrong form
 * - `mailbox-full`
 * - `mailbox-unavailable`: disabled, suspended or not reachable, perhaps not for ever
 * - `no-such-user`: the server says that nobody has this address
 * - `no-such-domain`: the domain does not exist or takes no email
 * - `temporary`: the server says that it may work later
 * - `unreachable`: a fault of a server or of the network on the way
 * - `unknown`: none of these can be told
 */
export const CAUSES = [
  'rate',
  'sender',
  'mailbox-full',
  'content',
  'mailbox-unavailable',
  'no-such-domain',
  'no-such-user',
  'unreachable',
  'temporary',
  'unknown',
] as const;

export type RefusalCause = (typeof CAUSES)[number];

/** One alternative a line; a space stands for any run of blanks. */
function phrases(text: string): RegExp {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return new RegExp(lines.join('|').replaceAll(' ', '\\s+'), 'u');
}

/*
 * What mail servers write, in lower case and without addresses (see `refusal.ts`). The lists were
 * made from what Exchange, Postfix, qmail, Exim, sendmail, Domino, Zimbra, Courier, Gmail, Yahoo,
 * Outlook.com, GMX, mail.ru, Yandex, QQ and 163 document or send. Add a phrase where a mail server
 * uses another one, and a line to `refusal.test.ts`.
 */

/** Somebody's box, in words that the phrases below combine. */
const BOX =
  '(?:(?:e-?mail|mail|user|recipient|destination|local|virtual|mailbox|rcpt)?[ -]?(?:account|address(?:ee)?|alias|box|name|mailbox|id)|user(?:s|\\(s\\))?|recipients?|rcpt|mailbox|inbox|person|customer|addressee)';

/**
 * In the order in which they are tried: what is about us or the email comes before what is about
 * the reader, because servers answer "Sender address rejected: Domain not found" and "User unknown
 * in blocklist" alike with 550.
 */
export const PHRASES: readonly (readonly [RefusalCause, RegExp])[] = [
  [
    'rate',
    phrases(String.raw`
      at a rate (?:that|which)
      rate[- ]?(?:limit|control|exceed)
      (?:frequency|rate) (?:is )?(?:limit|exceed)
      frequency limited
      throttl
      too (?:many|much) (?:connection|message|mail|e-?mail|session|recipient|rcpt|concurrent|error|invalid|bad|unknown|command)
      (?:connection|message|sending|session|hourly|daily|recipient) (?:rate|count|limit|quota) (?:limit )?(?:is |has |was )?(?:been )?(?:exceed|reached)
      exceed(?:ed|s|ing)? (?:the |your |its )?(?:max\w* |allowed |hourly |daily |sending )*(?:number|rate|limit|connections?|messages|emails?|threshold|defers?|recipients?)\b(?! (?:of )?(?:storage|size))
      unusual rate
      sending too (?:fast|quickly|many)
      slow(?:ing)? down
      reached (?:the |a |your )?(?:max\w* |hourly |daily )*(?:number|limit) (?:of|for) (?:messages|e-?mails?|recipients|connections)
      concurren(?:t|cy) connection
      发送频率
      频率限制
      超出.{0,6}(?:频率|频次)
    `),
  ],
  [
    'sender',
    phrases(String.raw`
      \b(?:rbl|dnsbl|drbl|surbl|uribl|dbl|sbl|xbl|pbl|cbl|csi)\b
      black[- ]?list
      block[- ]?(?:list|ed)
      \bblocking\b
      deny ?list
      spamhaus|spamcop|spamrats|spam-?rats|sorbs|barracuda(?:central| reputation)|abuseat|senderbase|senderscore|invaluement|mailspike|njabl|uceprotect|cloudmark|trustedsource|backscatterer|spfbl|proofpoint
      reputation
      (?<!not )\blisted (?:in|at|on|by|as)\b
      \b(?:spf|dkim|dmarc|arc|dane|sender ?id)\b
      (?:reverse|rev|forward)[- ]?(?:dns|lookup)|\brdns\b|\bptr\b|\bfcrdns\b|reverse host ?name|hostname lookup
      \b(?:helo|ehlo)\b
      client (?:host|ip|address).{0,30}(?:reject|deni|block|refus)
      (?:ip|host|server|network|domain|client)(?: address)?(?: \S+)? (?:is |was |has been |are |has )?(?:been )?(?:temporarily |permanently )?(?:reject|den(?:y|ied)|block|ban|refus|blacklist|not allowed|not welcome|suspended|restricted)
      (?:your|this|sending|source|connecting|remote) (?:ip|host|server|network|mail ?server|mta|domain)\b.{0,60}(?:reject|deni|block|ban|refus|list|polic|not allowed|not accept|restrict|poor|bad|low|spam|prevent)
      \brelay(?:ing)?\b(?! recipient (?:table|map))
      relay ?access|use .{0,20}as a relay
      we do not (?:accept|relay)|do(?:es)? not accept (?:mail|e-?mail|messages?) from|not accepting (?:mail|e-?mail|messages?) from|only accepts? (?:mail|messages?|e-?mail) from
      (?:sender|senders|sending|originator|return[- ]?path|reverse[- ]?path|mail ?from|from (?:address|domain|header|field)|from:|envelope[- ]?(?:from|sender)|return address|author)\b.{0,80}(?:reject|deni|den(?:y|ies)|block|not (?:be )?(?:found|exist|allow|accept|valid|resolv|verif|authori[sz]|permit|local|match|authenticat|known|in)|does ?(?:n.?t|not) (?:exist|resolve)|invalid|unknown|unverif|verif|fail|refus|\bbad\b|mismatch|spoof|forg|fake|suspicious|unauth|restrict|require|need|no such|must|illegal|domain not found|unresolv|prohibit|disabl|polic|trust|disallow)
      (?:reject|deni|deny|block|invalid|unknown|\bbad\b|illegal|unauthori[sz]ed|unauthenticated|unverified|untrusted|unresolvable|unroutable|verify|verifying|fake|forged|spoof\w*|unable to (?:verify|resolve)|could not (?:verify|resolve)|cannot (?:verify|resolve)|no) (?:the |your |this |by )?(?:envelope |e-?mail |from )?(?:sender|sending|originator|return[- ]?path|from address|from domain|from:|helo)
      sender (?:verify|verification|callout)|callout|callback verif|call-?back
      senders? (?:is |are |was )?(?:not authenticated|not allowed|not on|not in)
      (?:unauthenticated|anonymous) (?:e-?mail|mail|users?|sender)|authenticat|not authori[sz]ed|unauthori[sz]ed|authori[sz]ation|notauthori[sz]ed|authrequired|resolver\.rst\.
      not permitted|not allowed|permission|prohibit|forbid|disallow
      access (?:is )?(?:denied|forbidden|prohibited)(?!\.? as\(2018062)|denied access|connection (?:was |is |has been )?(?:refused by|denied|rejected|blocked|dropped due)
      administrat(?:ive|ively) (?:den|prohib|reject|lock)
      for policy reasons|policy (?:reason|violation|restriction|reject|block|filter)|(?:local|security|site|domain|message|e-?mail|server|mail|company|group|transport|spam|anti-?spam|against|violates?|violat\w+ (?:of|our|the)|due to) (?:\w+ )?polic(?:y|ies)|polic(?:y|ies) (?:has|have|prevent|does not|do not)
      rejected by (?:the )?(?:recipient|user|policy|filter|administrator|header)|refused by (?:the )?(?:recipient|user|policy|administrator)|rejected by .{0,40}blocked senders|in (?:my|the|their) (?:black|block)
      (?:sc|dy|ou|hm)-\d{3}\b|\bs(?:3140|3150|3114|775)\b|\[(?:ph|tss?|cs|hc|hm|ib|lc|cnct|bl)\d+\]|\b(?:rly|dyn|hvu|con|rtr|dns|hve|rx|cl):[a-z]\d\b|\bofr[_\d]*0(?:04|05|06|07|08)_|\bb[hl]\d{6}\b|\baup#
      \b(?:mi|rp|hl|ip|lf|ec|bp|sl):[a-z]{3}\b
      null sender|empty (?:envelope )?sender|suspected bounce|backscatter
      not a member|subscribers? only|members? only|moderated
      complaint|compromised|dynamic ip|dialup|dial-up|open proxy|open relay|botnet|tor exit|generic (?:r?dns|ptr|hostname)
      tls (?:is )?required|must issue a starttls|starttls.{0,30}(?:required|first)
      \bban(?:ned)?\b|greyl?isted permanently|misbehav|bad (?:ip|host|sender|network)|poor
      ask your (?:postmaster|provider)|contact (?:your|the) (?:service|internet) provider|delist|unblock
      absender.{0,60}(?:abgelehnt|gesperrt|ungültig|verweigert|nicht)|zustellung .{0,20}verweigert|richtlinie
      exp[ée]diteur.{0,60}(?:refus|rejet|bloqu|invalide|inconnu|non autoris)|refus[ée]e? par|strat[ée]gie
      remitente.{0,60}(?:rechaz|bloque|no v[áa]lid|desconocid|denegad|no autoriz)|remetente.{0,60}(?:rejeit|bloque|inv[áa]lid|negad)|mittente.{0,60}(?:rifiut|bloccat|non valid|sconosciut)
      отправител\S+.{0,60}(?:отклон|заблокир|запрещ|не существует|неизвест|не найден)|черн\S+ спис
      (?:发件人|寄件者|寄件人).{0,30}(?:拒绝|拒絕|不存在|无效|無效|黑名单|黑名單)|拒收|拒绝接收|黑名单|黑名單
      (?:送信者|差出人|送信元).{0,40}(?:拒否|無効|存在しません|見つかりません)|受信(?:を)?拒否|拒否されました
    `),
  ],
  [
    'mailbox-full',
    phrases(String.raw`
      (?:over|exceed\w*|beyond|out of|full|disk|storage|allocated|hit) (?:\w+ ){0,3}quota|quota (?:is |was |has been |would be )?(?:full|exceed|reached|over|limit|used)|overquota|quotaexceeded|quota violation|exceeds? (?:the |its |allowed )?(?:mailbox |disk |storage )?quota|over the (?:allowed|maximum|storage|size|disk)
      ${BOX}(?:'s)?(?: folder| \S+)? (?:is |are |was |has been |size |storage |appears to be )?(?:\w+ )?(?:full|over ?quota|over (?:its|the) (?:\w+ )?(?:limit|quota))
      full mailbox|mailfolder is (?:full|over)|maildir (?:delivery failed: .{0,60}quota|over)|mailbox (?:size|storage|space)\w*.{0,40}(?:exceed|limit|full)|(?:exceed\w*|over|reached) (?:\w+ ){0,4}(?:storage|mailbox|space|disk) ?(?:allocation|limit|quota|space|size)?
      storage (?:allocation|space|limit|full|is full)|(?:not enough|insufficient|no(?:t)?) (?:\w+ )?(?:disk|storage|space|room|free space)|out of (?:storage|space|disk)|no space left|is out of space|not enough (?:room|space|storage)|disk (?:is )?full|system storage
      mailbox would exceed|would (?:exceed|be over)|would overflow|too many messages (?:in|on) (?:this|the|your|his|her|their)? ?mailbox
      ofr_?4(?:16|17)
      postfach.{0,40}(?:voll|überschritten|ueberschritten|speicher)|speicherplatz|kontingent
      bo[iî]te.{0,60}(?:pleine|satur[ée]e|d[ée]pass|quota)|quota d[ée]pass
      (?:buz[óo]n|casilla|bandeja).{0,60}(?:llen[oa]|cuota|l[íi]mite|espacio)|(?:cuota|cota).{0,40}(?:exced|super)
      caixa.{0,60}(?:cheia|lotada|limite|cota)|casella.{0,60}(?:pien|quota|esaurit|limite)|postvak.{0,40}vol|postbus.{0,30}vol|skrzynk\S+.{0,40}(?:pe[łl]n|przepe[łl]n)
      (?:ящик|почтов).{0,60}(?:переполнен|заполнен|полон)|переполнен|превышен\S* (?:квот|размер|лимит|объ)
      (?:邮箱|信箱|郵箱|邮件箱).{0,20}(?:已满|满了|已滿|滿|超出|容量|空间不足)|超出.{0,8}(?:容量|配额|空间)|メールボックス.{0,20}(?:いっぱい|容量|一杯|超え)|容量.{0,12}(?:超|不足|초과)|메일함.{0,20}(?:가득|초과|용량)|posta kutusu.{0,30}dolu
      (?:صندوق|بريد).{0,40}ممتلئ
    `),
  ],
  [
    'content',
    phrases(String.raw`
      \b(?:spam|junk|ube|uce|bulk)\b|spamm|spam-|junkmail|spammy|antispam|anti-spam
      unsolicited|phish|malware|\bvirus|infected|trojan|worm\b
      (?:suspicious|objectionable|offensive|inappropriate|prohibited|harmful|malicious|illegal|banned|forbidden) (?:\w+ )?(?:content|attachment|mail|e-?mail|message|link|url|file)
      content (?:is )?(?:denied|rejected|filter|restrict|block|reject|not|contains|violat)|(?:message|mail|e-?mail) content
      (?:message|mail|e-?mail|letter)(?: \w+)? (?:is |was |has been )?(?:rejected|refused|denied|discarded) (?:due to|because|as|by|for)
      mail(?:s)? rejete|mail rejected|mail refuse|message refuse
      attachment|illegal file|executable
      message (?:\w+ ){0,3}too (?:large|big|long)|(?:message|mail|e-?mail|header) (?:size|length|line).{0,40}(?:exceed|limit|larg|maximum|too)|exceed\S* (?:the |its |our |a )?(?:\w+ )?(?:message|mail|e-?mail)?[ -]?size(?: limit)?|size (?:limit|exceed)|larger than|too (?:large|big) (?:message|for|to)|maximum (?:message|size)|maximal? (?:size|message)
      8bitmime|smtputf8|line (?:is )?too long|bare lf|invalid header|malformed|header (?:is )?(?:missing|invalid|too)|rfc ?(?:2822|5322|822|2821|5321)|(?:missing|invalid|duplicate|multiple) (?:from|date|to|message-id|subject) header|not rfc
      \bdt:[a-z]{3}\b|\bhvu:|urlbl|\bmb:|suspicion
      nachricht ist zu gro[ßs]|message trop (?:gros|volumineu)|mensaje demasiado grande|mensagem muito grande|messaggio troppo grande|слишком больш|письмо.{0,30}спам|спам
      垃圾邮件|垃圾郵件|病毒|スパム|迷惑メール|サイズが大き
    `),
  ],
  [
    'mailbox-unavailable',
    phrases(String.raw`
      ${BOX}(?: \S+)?(?: that you tried to reach)? (?:is |are |was |were |has been |have been |has |being |currently |temporarily |\[?inactive\]? )*(?:disabled|suspended|deactivated|inactive|locked|frozen|blocked|dormant|unavailable(?!: )|restricted|expired|on hold|not active|not activated|not available|not enabled|in an? inactive|out of service|not accepting|cannot receive|can ?not accept|unable to receive|not receiving)
      (?:disabled|suspended|deactivated|inactive|locked|frozen|expired|dormant|unavailable) ${BOX}
      account (?:has been )?disabled|this account has been|mailbox disabled|user hangup|user locked|user suspend|user rejected|user disabled|account that you tried to reach is (?:disabled|inactive)
      requested (?:mail )?action (?:not taken|aborted)[:,;]? mailbox (?:temporarily )?(?:unavailable|busy)|mailbox (?:is )?(?:currently |temporarily )?(?:unavailable(?!: )|not available|busy|in use)
      access denied\.? as\(2018062\d+\)
      no longer (?:accepts?|receiv)|(?:does|will|can) ?not (?:accept|receive) (?:any )?(?:more |further )?(?:mail|messages?|e-?mail)(?! from)(?!.{0,5}null)|not accepting (?:any )?(?:mail|messages|e-?mail)(?! from)
      not (?:a )?(?:valid )?notes mail file|specify a valid notes mail|several matches|not unique|ambiguous
      (?:address|recipient|mailbox) syntax
      unrout(?:e)?able (?:mail )?(?:domain|address)|undeliverable address|address(?:es)? (?:was |is )?(?:temporarily )?(?:unroutable|undeliverable)
      suppress(?:ed|ion)
      user is terminated
      konto.{0,30}(?:gesperrt|deaktiviert)|compte.{0,40}(?:d[ée]sactiv|suspendu|bloqu)|cuenta.{0,40}(?:desactivad|inactiv|suspendid|deshabilitad|bloquead)|conta.{0,40}(?:desativad|inativ|suspens|bloquead)|(?:casella|account).{0,40}(?:disattivat|sospes|disabilitat)|(?:ящик|уч[её]тн).{0,40}(?:заблокирован|отключ|неактив)|(?:帐号|账号|帳號|用户|邮箱).{0,12}(?:停用|禁用|冻结|被锁|已锁)|アカウント.{0,20}(?:停止|無効)|휴면
    `),
  ],
  [
    'no-such-domain',
    phrases(String.raw`
      (?:host|domain|dns|mx|name)(?: name)?(?: or domain name)?(?: \S+)?(?: record)? (?:is |was |could |can |does |has |do )?(?:be )?(?:not (?:be )?found|unknown|not exist|does ?n.?t exist|doesn.t exist|does not exist|unresolv|not resolv|cannot be (?:found|resolved))
      (?:unknown|no such|invalid|non-?existent|unresolvable|unroutable|bad|illegal) (?:mail )?(?:host|domain)
      nxdomain|null mx|nullmx|nullmx|no (?:valid |usable |reachable )?(?:mx|mail (?:exchanger|server|host)s?)|couldn.t find any host|couldn.t find a mail exchanger|host (?:or domain name )?(?:not found|unknown|lookup)|name service error|name or service not known|dns (?:error|failure|lookup|query|problem|server returned)|unable to (?:look ?up|resolve|find)(?: \w+)? (?:host|domain)|all (?:relevant )?mx(?: records?)? (?:records )?point to non-?existent|domain (?:has )?no mail|(?:does|do) not accept (?:e-?mail|mail|any mail|messages)$|no mail hosts for|mail receiving disabled|host .{0,60}does not accept mail
      (?:domain|domäne|server).{0,40}(?:nicht gefunden|existiert nicht|unbekannt)|domaine.{0,40}(?:introuvable|inconnu|n.existe)|dominio.{0,40}(?:no (?:se )?(?:encontr|exist)|non (?:trovat|esist))|dom[íi]nio.{0,40}(?:n[ãa]o (?:encontr|exist))|домен.{0,40}не (?:найден|существует)|(?:域名|网域|網域).{0,20}(?:不存在|找不到|无法)|ドメイン.{0,30}(?:見つかりません|存在しません)
    `),
  ],
  [
    'no-such-user',
    phrases(String.raw`
      (?:unknown|no such|nonexistent|non-existent|non-existing|not existing|invalid|illegal|bad|incorrect|wrong|unrecogni[sz]ed|undefined|unexist\w*) (?:or (?:invalid|unknown|illegal|disabled) )?(?:local |virtual |smtp |destination |final |to |envelope |intended |mail ?|e-?mail |gmail |user |domino )*(?:${BOX}|local[- ]?part|mail ?drop|alias|userid|login|to address|address(?:ee)?)
      ${BOX}(?:\(s\)|es|s)?(?: or \w+)?(?: (?:that )?(?:you (?:entered|tried to reach|are trying to (?:reach|contact)|have entered|specified))| name| given| specified| at \S+| in \S+| of \S+| to \S+| here| with (?:this|that) \w+| \S+)? (?:is |are |was |were |has |have |being |could |can |does |do |did |seems |appears |in question |either )*(?:unknown|not known|unrecogni[sz]ed|not (?:be )?(?:found|recogni[sz]ed|located|listed|identified|exist)|could ?n.t be (?:found|located)|couldn.t be found|can ?not be found|cannot find|not exists?|does ?n.t exist|doesnt exist|doesn.t exist|do(?:es)? not exist|did not exist|do not exist|don.t exist|dosn.t exist|no longer (?:exists?|valid|in use|here|on server|available here|active|with|in service)|not (?:a )?valid|invalid|non-?existent|nonexistent|not local|not defined|undefined|incorrect|illegal|(?:has )?(?:been )?(?:deleted|removed|closed|terminated|cancell?ed|discontinued|retired)|wasn.t found|was not found|isn.t (?:found|known|valid))
      (?:is|are)(?: not|n.t) (?:a |an )?(?:valid|known|existing|local|recogni[sz]ed|current|legal|active|our) (?:\w+ )?(?:${BOX}|customer|addressee)|not (?:a |an )?(?:valid|known|existing|local|registered|our) (?:\w+ )?(?:${BOX}|customer)|not our customer
      no (?:valid |such |matching |local )?(?:mailbox|mail ?box|account|user|person|one|recipient|address) (?:here|by that name|with|found|exists|at this|matching|on this|in (?:this|our|the)|available|under|named|called|registered|for this user)|no mailbox (?:here )?|no account|there is no (?:one|user|such|account|mailbox|person|recipient)|there.s no (?:user|account|mailbox|such)|no users? (?:here|found|by)|nobody (?:here )?(?:by|with|named)
      does(?: not|n.t) have (?:an? )?(?:\S+ )?(?:account|mailbox|user|e-?mail|address)|do not have (?:an? )?(?:account|mailbox|user)|don.t have (?:an? )?(?:account|mailbox|user)|does ?n.?t handle mail for (?:that|this) user|server doesn.t handle
      unknown in (?:virtual|local|relay) |unknown (?:virtual |local )?user|user unknown|user ?not ?found|userunknown|nosuchuser|no_such_user|recip(?:ient)?notfound|usernotfound|addressnotfound|address_not_found|mailbox ?not ?found|recipient unknown|addressee unknown|address unknown|unknown rcpt|invalid ?recipient|not listed in .{0,40}(?:directory|address book|name)|not found in (?:the )?(?:directory|ldap|address|domino|active)|not found by smtp address lookup|wasn.t found at|couldn.t be found(?:,| or| at| in)|(?:address|recipient|user)[^.]{0,120}(?:couldn.t be|could not be|was not|wasn.t|cannot be|can not be) found
      (?:user|recipient|account|he|she|person|mailbox) has moved|has moved (?:to|permanently)|user moved|mailbox (?:has )?moved
      (?:the )?recipient name is not recogni[sz]ed|not a user (?:here|of)|not user of this server|unknown name|does not match any|don.t exists? (?:that )?user|no (?:such|valid) (?:here|recipient)|unable to find (?:the )?(?:recipient|user|mailbox)|not valid (?:recipient|user|mailbox)|lookup fail\w* (?:user|recipient)|account (?:has been |was |is )?(?:deleted|closed|removed|terminated|cancelled|canceled)
      ofr_?2\d\d_?4(?:15|25)|\[4(?:15|25)\]$
      (?:adresse|empf[äa]nger|benutzer|postfach|nutzer|konto|teilnehmer|mailbox)\S*.{0,80}(?:nicht gefunden|unbekannt|existiert nicht|nicht vorhanden|nicht bekannt|ung[üu]ltig|existiert hier nicht|nicht (?:im|in der|in).{0,40}(?:verzeichnis|aufgef|gelistet))|(?:unbekannter|ung[üu]ltiger?|kein(?:e)?) (?:empf[äa]nger|benutzer|adresse|postfach|nutzer)
      (?:adresse|destinataire|utilisateur|compte|bo[iî]te)\S*.{0,80}(?:introuvable|inconnue?|inexistante?|n.existe pas|invalide|non trouv[ée]e?|n.a pas [ée]t[ée] trouv|n.est pas r[ée]pertori|pas valide|n.existe)|(?:aucun|pas d).{0,12}(?:utilisateur|compte|destinataire)
      (?:direcci[óo]n|destinatario|usuario|cuenta|buz[óo]n|casilla)\S*.{0,80}(?:no (?:se )?(?:ha )?(?:encontr|existe|es v[áa]lid|figura|est[áa] (?:en|listad))|desconocid|inexistente|inv[áa]lid|no v[áa]lid)|no (?:se )?(?:ha )?(?:encontr[óo]|encontrado|pudo encontrar|existe).{0,60}(?:direcci[óo]n|destinatario|usuario|cuenta|buz[óo]n)|usuario desconocido
      (?:endere[çc]o|destinat[áa]rio|usu[áa]rio|conta|caixa)\S*.{0,80}(?:n[ãa]o (?:foi )?(?:encontrad|existe|localizad|[ée] v[áa]lid)|desconhecid|inexistente|inv[áa]lid)|(?:usu[áa]rio|destinat[áa]rio) inexistente
      (?:indirizzo|destinatario|utente|casella|account)\S*.{0,80}(?:non (?:[èe] stat[oa] )?(?:trovat|esist|valid|presente|elencat|riconosciut)|sconosciut|inesistente)
      (?:adres|gebruiker|ontvanger|geadresseerde|postvak)\S*.{0,80}(?:niet gevonden|bestaat niet|onbekend|ongeldig)|onbekende (?:gebruiker|ontvanger)
      (?:adres|u[żz]ytkownik|konto|skrzynk|odbiorc)\S*.{0,60}(?:nie istnieje|nieznan|nie znaleziono|nieprawid[łl]ow)|nie ma takiego (?:konta|u[żz]ytkownika|adresu)|nieznany (?:u[żz]ytkownik|odbiorca|adres)
      (?:адрес|пользовател|получател|ящик|абонент|уч[её]тн)\S*.{0,80}(?:не найден|не существует|неизвест|не обнаружен|не зарегистрирован|удал[её]н|недействител|нет)|(?:нет такого|неизвестный|несуществующий) (?:пользовател|получател|адрес|ящик|абонент)
      (?:adres|kullan[ıi]c[ıi]|al[ıi]c[ıi]|hesap)\S*.{0,60}(?:bulunamad[ıi]|mevcut de[ğg]il|bilinmiyor|yok|ge[çc]ersiz)
      (?:adress|anv[äa]ndare|mottagare|bruker|mottaker|modtager|bruger)\S*.{0,60}(?:hittades inte|finns inte|ok[äa]nd|ikke funnet|finnes ikke|ukjent|ikke fundet|findes ikke|ukendt)|(?:osoitetta|vastaanottajaa|k[äa]ytt[äa]j[äa]\S*).{0,40}(?:ei l[öo]ydy|ei ole)
      (?:adresa|u[žz]ivatel|p[řr][íi]jemce|schr[áa]nka|uživatel)\S*.{0,60}(?:neexistuje|nenalezen|nebyla nalezena|nezn[áa]m)|(?:c[íi]mzett|felhaszn[áa]l[óo]|postafi[óo]k)\S*.{0,60}(?:nem tal[áa]lhat[óo]|ismeretlen|nem l[ée]tezik)
      (?:用户|用戶|收件人|收信人|收件者|地址|邮箱|郵箱|信箱|邮件地址|电子邮件|帐号|账号|帳號|邮箱地址|使用者).{0,30}(?:不存在|找不到|未找到|无效|無效|未知|没有找到|沒有找到|不正确|错误|无此|不是有效)|(?:不存在|找不到|未找到|无此|無此|没有|沒有|查无|查無|无效的?|無效的?).{0,12}(?:用户|用戶|收件人|收信人|收件者|地址|邮箱|郵箱|信箱|帐号|账号|帳號|使用者|此人)
      (?:ユーザ|ユーザー|宛先|受信者|メールアドレス|アドレス|あて先|メールボックス|アカウント|受取人).{0,40}(?:存在しません|見つかりません|みつかりません|見つかりませんでした|存在しない|不明|無効|ありません|見つけることができません|登録されていません|間違)|ディレクトリ.{0,20}ありません|あて先不明|宛先不明|アドレス不明
      (?:사용자|수신자|받는 ?사람|메일 ?주소|주소|계정|메일함|수신인|이메일).{0,40}(?:존재하지|없습니다|찾을 수 없|찾지 못|올바르지|잘못|알 수 없)|존재하지 않는 (?:사용자|수신자|계정|메일|주소)
      (?:عنوان|العنوان|المستلم|المستخدم|البريد|الحساب)\S*.{0,60}(?:غير موجود|لم يتم العثور|غير معروف|غير صالح|لا يوجد)|(?:لم يتم العثور على|لا يوجد).{0,30}(?:عنوان|العنوان|المستلم|المستخدم|حساب)
      (?:địa chỉ|người nhận|người dùng|tài khoản).{0,60}(?:không tồn tại|không tìm thấy|không hợp lệ)|(?:alamat|pengguna|penerima).{0,60}(?:tidak ditemukan|tidak ada|tidak dikenal)|(?:διεύθυνση|παραλήπτη\S*|χρήστη\S*).{0,60}(?:δεν βρέθηκε|δεν υπάρχει|άγνωστ)|(?:הכתובת|הנמען|המשתמש).{0,40}(?:לא נמצא|אינ\S+ קי)|(?:adres[aă]|utilizator|destinatar)\S*.{0,60}(?:nu (?:a fost )?(?:g[ăa]sit|exist)|necunoscut)|(?:адрес|користувач|одержувач|скриньк)\S*.{0,60}(?:не знайдено|не існує|невідом)|(?:ที่อยู่|ผู้รับ|ผู้ใช้).{0,40}(?:ไม่พบ|ไม่มี)
    `),
  ],
  [
    'unreachable',
    phrases(String.raw`
      timed? ?out|timeout|connection (?:was )?(?:refused|reset|lost|closed|dropped|died|failed|broken|error)|lost connection|no route to host|network (?:is )?(?:unreachable|error)|unable to (?:connect|establish)|could ?n.t (?:connect|establish)|wasn.t able to (?:connect|establish)|couldn.t be (?:contacted|delivered to)|can ?not connect|host (?:is )?(?:down|unreachable)|no (?:answer|response) from|not (?:responding|respond)|did not respond|unreachable
      mail (?:loop|for \S+ loops)|loops? back|mail loop|looping|hop count|too many hops|routing loop|delivery loop
      (?:local|internal|system|server|configuration|program|delivery) (?:error|problem|fault|failure)|cannot (?:append|open|create|write)|permission denied|command (?:died|failed|not found|unrecogni|time)|child crashed|can't create|pipe|database (?:error|locked|disk)|mailer error|ldap|protocol error|bad sequence|syntax error|tls (?:handshake|negotiation|is not)|starttls|certificate|expired|retention|delivery time|retry (?:time|timeout)|not delivered within|lifetime|too old|(?:still )?undelivered|could not be delivered for|gave up|has been in the queue|being in (?:the )?queue
    `),
  ],
  [
    'temporary',
    phrases(`
      try (?:again|later|back)|grey-?list|gr[ea]ylist|temporar|transient|deferred|later|try in|please retry|resources? (?:temporarily )?(?:unavailable|restricted)|service (?:is )?(?:currently |temporarily )?(?:not available|unavailable)|overload|busy|will (?:be )?retr
    `),
  ],
];

/**
 * The sender of an email, or what belongs to them, in the languages of the phrases above. A sentence
 * that names them and says that an address or a domain does not exist means theirs, not the reader's.
 */
export const OURS = phrases(String.raw`
  \b(?:sending (?:domain|address|host)|originator|submitter)\b|\b(?:return|reverse|bounce|reply)[- ](?:to )?(?:address|domain|path)\b
  \byour (?:own )?(?:e-?mail |mail )?(?:domain|address(?! (?:book|list))|host(?:name)?|ip)\b|(?:mx|dns) records? (?:of|for|found for) (?:the )?(?:from|your)|\b(?:mail from|from|header|message-id) (?:from )?(?:domain|host|address)\b|you (?:must |are |have to )?send(?:ing)? (?:from|with)|client host
  absender|des senders|exp[ée]diteur|[ée]metteur|remitente|emisor|remetente|emissor|mittente|afzender|nadawc|gönderen|gönderici|avs[äa]ndar|avsender|afsender|l[äa]hett[äa]j|odes[íi]latel|felad[óo]|expeditor
  отправител|відправник|подател|αποστολ[έε]|השולח|(?:ال)?مرسِ?ل(?!\s+إلي)|người gửi|pengirim|penghantar|ผู้ส่ง
  发件|發件|寄件|发信|發信|发送[方者人]|發送[方者人]|送信[者元]|発信[者元]|差出人|발신|송신|보낸 ?사람|보내는 ?사람
`);

/**
 * Words of a refusal for a reason that no phrase names. With one of them, a status like 5.1.1 alone
 * does not prove that an address does not exist: many servers give it for every refusal.
 */
export const DOUBT =
  /reject|denied|deny|refus|block|polic|security|filter|abuse|verif|trust|unwanted|suspect|disallow|ban\b|complain|listed|violat|decline/u;

/** Phrases that hold such a word, or one of a sender's, and mean neither. */
export const HARMLESS = phrases(String.raw`
  (?:this )?(?:recipient|rcpt|user|destination)(?: e-?mail)?(?: address)? (?:was |is |has been )?(?:rejected|refused)
  (?:was |were |has been |is )?rejected (?:by (?:a |the )?(?:remote )?(?:mail ?)?(?:server|host|system|domain|recipient domain|recipient.s (?:mail )?server|smtp server))
  (?:was )?rejected by the recipient domain|message rejected by recipient domain
  (?:message |mail |e-?mail )?(?:has been |was |is |been )?(?:return(?:ed|ing)?|sent|sending|bounced?|back|notif\w+|reported|being returned) (?:back )?to (?:the |its )?(?:original |message )?sender
  (?:the )?sender (?:of|should|can|must|has been|was notified|will)|if you are the sender|(?:dear|hello) sender|notif\w+ the sender|contact the sender|for the sender
  said:|remote host said|in reply to rcpt to command|in reply to end of data command|in reply to data command|in reply to mail from command
`);
