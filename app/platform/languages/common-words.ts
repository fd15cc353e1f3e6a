/*
 * The most common words of languages in Latin and Cyrillic script: half of what people write in a sentence or two.
 * Words of several languages stand in each.
 */
const COMMON: Record<string, string> = {
  en: `the and of to is in that it for was on are with as be this have from or had not but what all were we when
    your can there each which she do how their if will up other about out many then them these so some would
    make like him into has two more no could my than been who its now did only may after long very just where
    most know me our you they i an by at am us too thanks thank please works need because every don doesn isn
    still same here a last lot much even one day days year years time get got work want help new good any both
    without before again never always back think see people nobody everyone someone monday tuesday wednesday
    thursday friday saturday sunday power since agree school pay pays cannot yes sorry question wrong right less
    costs cost paid paying why tell keep kept drops breaks everything something nothing went goes going does
    being must should those while until between another through around best better worse`,
  fr: `le la les de des du un une et est en que qui dans pour pas sur au aux avec ce cette il elle nous vous ils je
    mon ma mes notre nos votre leur plus mais ou où par son sa ses se ne sont fait comme tout très merci bien
    chez cela ça même sans ont me c j l d n qu à a y on beaucoup ici jour jours fois an ans toujours encore
    aussi jamais quand peut faut deux lundi mardi mercredi jeudi vendredi samedi dimanche hier demain matin soir
    depuis personne aucun aucune quoi ai as avons avez était été être avoir suis sommes ni trop peu électricité
    oui combien coûte coûtent mauvais bonne bon désolé désolée rien confirme hors ligne lien question réseau
    cher chère marche avant après entre sous donc car dont alors leurs faire dit payer payé moi toi lui eux
    celui celle ces jusqu chaque`,
  es: `el la los las de del un una y es en que por para con no se su sus lo al como más pero mi me yo nos muy ya
    todo esta este cuando hay gracias porque sin sobre también hasta cada donde tiene nuestro nuestra mucho aquí
    ahora a día días año años vez siempre nunca también puede dos son está ser lunes martes miércoles jueves
    viernes sábado domingo ayer mañana desde nadie quién quien mismo misma acuerdo contigo conmigo usted ustedes
    ellos somos tengo tenemos hace ni luz mis tus tu eso esto ese sí cuesta cuestan demasiado demasiada perdón
    buena bueno pregunta falta funciona sólo solo mucha muchos muchas poco entre entonces ahí así antes después
    otro otra nuestros nuestras hacer dice pagar paga igual mejor peor nada algo alguien tampoco les hacen gente
    tarde noche siguen sigue qué cuánto`,
  pt: `o a os as de do da dos das um uma e é em no na nos nas que por para com não se seu sua mais mas meu minha eu
    muito já tudo esta este quando há obrigado obrigada porque sem sobre também até cada onde tem agora nosso
    nossa pela pelo são ao à aqui nós me todo dia dias ano anos vez sempre nunca pode dois está ser foi segunda
    terça quarta quinta sexta sábado domingo ontem amanhã desde ninguém alguém quem mesmo mesma concordo você
    vocês eles somos tenho temos faz nem luz meus minhas seus isso isto esse sem num numa só sim custa custam
    demais desculpe desculpa boa bom pergunta falta funciona muita muitos muitas pouco entre então aí assim
    antes depois outro outra nossos nossas fazer diz pagar paga igual melhor pior nada algo lhes gente tarde
    noite seguem toda dele dela deles pelos pelas aos às cai ter vai vão`,
  id: `yang dan di ini itu dari untuk dengan tidak ada saya kami kita akan pada ke lebih juga bisa sudah karena
    atau oleh dalam adalah mereka anda tapi hanya setiap daripada terima kasih sangat hari tahun masih belum
    orang banyak mau harus sini senin selasa rabu kamis jumat sabtu minggu kemarin besok sejak siapa apa kapan
    mana punya sama masalah listrik mati satu dua kalau hilang setuju sekali bukan jangan boleh perlu lagi saja
    pernah guru mahal murah terlalu maaf tiap pertanyaan bagus jalan tanpa harga ditahan rusak semua paling
    kenapa bagaimana kamu dia kalian sering jarang baru lama dapat tak para antara sampai agar supaya hujan
    malam pagi sore benar salah gratis lain setelah sebelum ketika seperti hingga apakah tersebut milik nya pun
    sedang telah sendiri serta bagi tentang masing bahwa jika`,
  sw: `na ya wa kwa ni la za katika hii hiyo si kuwa sana yangu yetu wetu watu lakini kama au pia kila hata asante
    huu cha vya bila mimi sisi hakuna kuliko hapa siku mwaka bado tu tena wote ili ndio hapana jumatatu jumanne
    jumatano alhamisi ijumaa jumamosi jumapili jana kesho tangu nani nini wapi lini ina ana wana nina tuna
    hatuna sina umeme tatizo moja mbili watu mtu shule mtandao kabisa nawe haina hawana hilo hili hayo haya huo
    huyo yule ile zile wale vile ghali mno swali zuri nzuri vizuri samahani kuhusu zaidi sahihi kazi inafanya
    sasa pale huko kule yao yako yake langu lake letu changu chetu zetu vyote yote lote kwamba ambayo ambao
    baada kabla mara pesa simu siyo sio naomba tafadhali pamoja kweli kidogo mengi nyingi`,
  de: `der die das und ist nicht ich wir ein eine mit für auf zu den dem von im in sich auch es wie mehr als aber
    bei mein meine unser danke kein keine sind haben hier mich an tag jeden jahr immer noch nur wenn oder kann
    war gute guter gutes frage wer was wo warum falscher falsche meinem uns euch alles nichts gibt selten schon
    sehr dass nach vom beim zum zur diese dieser dieses einem einer eines können müssen habe hat wird wurde ganz
    gut`,
  it: `il lo la gli le di un una e è in che per con non si mi ma più come del della dei nel nella sono ho anche
    molto grazie mio mia nostra questo questa qui a o ogni giorno anno sempre ancora quando può tutto costa
    costano troppo troppi scusate scusa bella bello domanda funziona senza rete manca mancano ci chi cosa dove
    perché da dal dalla ieri oggi domani d’accordo accordo noi voi loro miei suoi nostro nostri anni giorni
    tutti tutte niente nessuno già solo poi fa hanno abbiamo serve c sul sulla alla allo agli ai lavoro`,
  nl: `de het een en van is niet ik wij we in op te dat voor met zijn maar ook meer dan mijn onze geen naar bij als
    aan dank hier me elke of dag jaar nog altijd kan wel alle goede goed vraag wie wat waar waarom ons hun deze
    dit zo heel veel weinig valt vaak uit wordt kunnen moeten heb heeft hebben was niets alles om tot over onder
    tegen want dus verkeerde er zonder geld nu`,
  da: `og det er ikke jeg vi en et på til af med som for har men mere end min hver den de i her mig så at du os
    over under`,
  tr: `ve bir bu da de için ile çok ama en var yok değil gibi daha ne kadar her gün ben sen biz siz onlar benim
    senin bizim sizin olan olarak ya mi mı ki kim nasıl neden niye nerede bunu bunun şu o sonra önce kez hiç şey
    iyi güzel evet hayır teşekkürler bana sana bize size burada orada şimdi bile hem hep kimse olmadan soru
    yanlış durum aynı yıl`,
  pl: `i w z na do nie się to że jest za od po o ale jak czy dla są przez tak już mnie mi mam masz ma mamy nam nas
    wam ten ta te tego tej tym jeden jedna dwa co kto gdzie kiedy bo bez przy tylko też jeszcze bardzo więcej
    każdy dzień dobre dobry dobra zły pytanie dziękuję dzięki przepraszam mój moja moje nasz nasza nasze tu
    tutaj tam wczoraj jutro dzisiaj rok lat nikt nic u`,
  ha: `da na ba ne ce ya ta yana tana suna muna ina ana za ga ko don domin wannan wani wata mai masu cikin sosai
    kuma amma sai tun yau jiya gobe kullum babu akwai mu su ku ni kai ke shi ita wa yake mutane ruwa wuta yadda
    yaya me kudi kuɗi namu nasu naka nawa tare idan saboda dukkan bai ban yi`,
  yo: `ni ti ló tó ń náà sí kò kì àti fún wa wọ́n mo gbà a ó pẹ̀lú rẹ̀ rẹ yìí yẹn gan jù ṣe ṣé kí bí nínú láti máa
    ta ko si ara mi sugbon ṣùgbọ́n awa àwa àwọn awon nibi níbí dara dára jẹ je pe pé ní fun lati ninu pelu
    gbogbo ọjọ́ iná ina owó owo ilé`,
  ru: `много мало та те же тот этот эта эти ту его ему и в не на что с по это как из у за к от до для но мы вы он она они я
    мне нам вас нас её их мой моя наш наша так уже ещё только тоже очень если или когда где кто был была было
    были есть нет без все всё каждый день спасибо извините хороший хорошо почему чтобы потом нужно можно о об во
    со ли бы ни этого этом этих этой тех том той свой своя свои себя сам сами через при под над после перед
    между чем будет будут ваш ваша ваши вашей наши нашего который которая которые которых какой какая какие
    сколько никто ничего никогда всегда один одна два раз год года лет здесь там сейчас теперь больше меньше
    более другой другие сегодня вчера завтра снова опять надо ей ними них нём`,
  uk: `і й та в у не на що з із зі по це як за до від для але ми ви він вона вони я мені нам вас нас його її їх мій
    моя наш наша так вже ще тільки теж також дуже якщо або чи коли де хто був була було були є немає без усе все
    кожен день дякую вибачте гарне добре чому щоб потім треба можна бракує щодня те цього о об би б ж ні цей ця
    ці ту тих свій своя свої себе сам через при під над після перед між ніж буде будуть ваш ваша ваші який яка
    які скільки ніхто нічого ніколи завжди один одна два раз рік років тут там зараз тепер більше менше інший
    інші сьогодні вчора завтра знову`,
  be: `і й у не на што з па гэта як за да ад для але мы вы ён яна яны я мне нам вас нас яго яе іх мой мая наш наша
    так ужо яшчэ толькі таксама вельмі надта калі або ці дзе хто быў была было былі ёсць няма без усё кожны
    дзень дзякуй прабачце добрае чаму каб потым трэба можна`,
  bg: `и в не на че с по това как от у за към до но ние вие той тя те аз ми ни ви му й ги го се да са съм си е сме
    има няма вече още само също много ако или когато къде кой коя какво беше бяха без всичко всеки ден благодаря
    съжалявам добър добре защо после трябва може ще тази този тези при след през напълно`,
  sr: `и у не на да што шта са по то како из од за до али ми ви он она они ја мени нам вас нас његов њен мој моја
    наш наша тако већ још само такође врло веома ако или кад када где ко је су сам смо сте био била било има
    нема без све сваки дан хвала извините добро зашто после треба може се ово овај ова овде`,
  mk: `и во не на дека што со по тоа како од за до но ние вие тој таа тие јас ми ни ви му го ги се да е сум сме има
    нема веќе уште само исто многу ако или кога каде кој без сè секој ден благодарам извинете добро зошто потоа
    треба може ќе овој оваа`,
};

const languagesOf = new Map<string, string[]>();
for (const [language, words] of Object.entries(COMMON)) {
  for (const word of new Set(words.split(/\s+/))) {
    languagesOf.set(word, [...(languagesOf.get(word) ?? []), language]);
  }
}

/** A word that only one language has here says more than one that several have. */
const OWN = 1.5;

/** With fewer points, or a smaller share of all words, it may be a coincidence. */
const LEAST = { points: 2, share: 0.25 };

/** What an expected language has before others, once it has a word at all: enough to decide between equals. */
const EXPECTED = 0.5;

/** Points that a language of several common words needs before the next one. */
const AHEAD = 0.5;

/** Points that a language needs before the next one, where it has fewer than two common words. */
const CLEAR = 1.5;

/**
 * Returns the language of which a short text has clearly the most common words, or null.
 * @param among the tags of the languages that it may be in
 * @param expected those of them that it is likelier in
 */
export function commonWordsLanguage(
  text: string,
  among: readonly string[],
  expected: readonly string[],
): string | null {
  const words = new Set(text.toLowerCase().match(/[\p{L}\p{M}]+/gu));
  const found = new Map<string, number>();
  for (const word of words) {
    const languages = (languagesOf.get(word) ?? []).filter((tag) => among.includes(tag));
    const points = languages.length === 1 ? OWN : 1;
    for (const language of languages) found.set(language, (found.get(language) ?? 0) + points);
  }
  for (const [language, points] of found) {
    if (expected.includes(language)) found.set(language, points + EXPECTED);
  }
  const [best, second = ['', 0]] = [...found].sort(([, a], [, b]) => b - a);
  if (!best || words.size < 2 || best[1] < LEAST.share * words.size) return null;
  return best[1] - second[1] >= (best[1] < LEAST.points ? CLEAR : AHEAD) ? best[0] : null;
}
