/** What the seed is about, which neither the program nor a site of another subject may speak of. */
const SUBJECT = [
  // In capitals only: "ai" is a French verb.
  /(?<![\p{L}\p{N}_])(?:AI|IA)(?![\p{L}\p{N}_])/u,
  /artificial intelligence|machine learning|democrati[sz]ing/i,
  /intelligence artificielle|inteligencia artificial|inteligência artificial/i,
  /akili (?:bandia|mnemba)/i,
  /ذكاء (?:ال)?اصطناعي/u,
  /(?<!\p{L})GPUs?(?!\p{L})/u,
];

/** Returns where a text first speaks of it; each kind of words counts once. */
export function subjectIn(text: string): number[] {
  return SUBJECT.map((words) => text.search(words)).filter((at) => at >= 0);
}
