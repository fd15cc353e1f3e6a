/*
 * The most common words of languages in Latin script: half of what people write in a sentence or two.
 * Words of several languages stand in each.
 */
const COMMON: Record<string, string> = {
  en: `the and of to is in that it for was on are with as be this have from or had not but what all
    were we when your can there each which she do how their if will up other about out many then them
    these so some would make like him into has two more no could my than been who its now did only may
    after long very just where most know me our you they i an by at am us too thanks thank please works
    need because every don doesn isn still same here a last lot much even one day days year years time
    get got work want help new good any both without before again never always back think see people
    nobody everyone someone monday tuesday wednesday thursday friday saturday sunday power since agree school pay pays cannot`,
  fr: `le la les de des du un une et est en que qui dans pour pas sur au aux avec ce cette il elle nous
    vous ils je mon ma mes notre nos votre leur plus mais ou où par son sa ses se ne sont fait comme tout
    très merci bien chez cela ça même sans ont nous me c j l d n qu à a y on beaucoup ici jour jours fois an ans toujours encore aussi jamais quand peut faut deux
    lundi mardi mercredi jeudi vendredi samedi dimanche hier demain matin soir depuis personne aucun aucune qui quoi
    ai as avons avez ont était été être avoir suis sommes ni trop peu électricité`,
  es: `el la los las de del un una y es en que por para con no se su sus lo al como más pero mi me yo nos
    muy ya todo esta este cuando hay gracias porque sin sobre también hasta cada donde tiene nuestro
    nuestra mucho aquí ahora a día días año años vez siempre nunca también puede dos son está ser
    lunes martes miércoles jueves viernes sábado domingo ayer mañana desde nadie quién quien mismo misma acuerdo contigo
    conmigo usted ustedes ellos somos tengo tenemos hace ni luz mis tus tu eso esto ese`,
  pt: `o a os as de do da dos das um uma e é em no na nos nas que por para com não se seu sua mais mas meu
    minha eu muito já tudo esta este quando há obrigado obrigada porque sem sobre também até cada onde
    tem agora nosso nossa pela pelo são ao à aqui nós me todo dia dias ano anos vez sempre nunca pode dois está ser foi
    segunda terça quarta quinta sexta sábado domingo ontem amanhã desde ninguém alguém quem mesmo mesma concordo você
    vocês eles somos tenho temos faz nem luz meus minhas seus isso isto esse sem num numa só`,
  id: `yang dan di ini itu dari untuk dengan tidak ada saya kami kita akan pada ke lebih juga bisa sudah
    karena atau oleh dalam adalah mereka anda tapi hanya setiap daripada terima kasih sangat hari tahun masih belum orang banyak mau harus di sini
    senin selasa rabu kamis jumat sabtu minggu kemarin besok sejak siapa apa kapan mana punya sama masalah listrik mati
    satu dua kalau hilang setuju sekali bukan jangan boleh perlu lagi saja belum pernah guru`,
  sw: `na ya wa kwa ni la za katika hii hiyo si kuwa sana yangu yetu wetu watu lakini kama au pia kila hata
    asante huu cha vya bila mimi sisi hakuna kuliko hapa siku mwaka bado tu tena wote ili ndio hapana
    jumatatu jumanne jumatano alhamisi ijumaa jumamosi jumapili jana kesho tangu nani nini wapi lini ina ana wana nina
    tuna hatuna sina umeme tatizo moja mbili watu mtu shule mtandao kabisa nawe haina hawana`,
  de: `der die das und ist nicht ich wir ein eine mit für auf zu den dem von im in sich auch es wie mehr als
    aber bei mein meine unser danke kein keine sind haben hier mich an tag jeden jahr immer noch nur wenn oder kann war`,
  it: `il lo la gli le di un una e è in che per con non si mi ma più come del della dei nel nella sono ho
    anche molto grazie mio mia nostra questo questa qui a o ogni giorno anno sempre ancora quando può tutto`,
  nl: `de het een en van is niet ik wij we in op te dat voor met zijn maar ook meer dan mijn onze geen naar
    bij als aan dank hier me elke of dag jaar nog altijd kan wel alle`,
  da: `og det er ikke jeg vi en et på til af med som for har men mere end min hver den de i her mig så at du
    os over under`,
};

const languagesOf = new Map<string, string[]>();
for (const [language, words] of Object.entries(COMMON)) {
  for (const word of words.split(/\s+/)) {
    languagesOf.set(word, [...(languagesOf.get(word) ?? []), language]);
  }
}

/** Fewer common words, or a smaller share of all words, may be a coincidence. */
const LEAST = 2;
const LEAST_SHARE = 0.25;

/** Returns the language of which a short text has clearly the most common words, or null. */
export function commonWordsLanguage(text: string): string | null {
  const words = new Set(text.toLowerCase().match(/[\p{L}\p{M}]+/gu));
  const found = new Map<string, number>();
  for (const word of words) {
    for (const language of languagesOf.get(word) ?? []) {
      found.set(language, (found.get(language) ?? 0) + 1);
    }
  }
  const [best, second] = [...found].sort(([, a], [, b]) => b - a);
  if (!best || best[1] < LEAST || best[1] < LEAST_SHARE * words.size) return null;
  return best[1] > (second?.[1] ?? 0) ? best[0] : null;
}
