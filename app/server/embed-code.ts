import { type EmbedOptions, embedFrame, embedQuery } from './embed';

export interface EmbedCode {
  /** For a page of HTML, a block of WordPress and a card of Ghost. */
  html: string;
  /** For Wix, which takes a link only. */
  link: string;
  /** For Hugo: the file of a shortcode, and its use in an article. */
  hugo: { file: string; use: string };
}

/** High enough for the beginning of a conversation, in CSS pixels. */
const HEIGHT = 800;

/** Returns what the keeper of a site puts under an article to show the embedded page at `path`. */
export function embedCode(
  origin: string,
  { path, title, options }: { path: string; title: string; options: EmbedOptions },
): EmbedCode {
  const wanted = path + embedQuery(options);
  const script = options.resize ? `\n<script src="${origin}/embed.js" async></script>` : '';
  const code = (of: { src: string; title: string }) =>
    embedFrame({ ...of, width: '100%', height: HEIGHT }) + script;
  return {
    html: code({ src: origin + wanted, title }),
    // Nothing there listens to the script.
    link: origin + path + embedQuery({ ...options, resize: false }),
    hugo: {
      file: code({ src: `${origin}{{ .Get 0 }}`, title: '{{ .Page.Title }}' }),
      use: `{{< causeway "${wanted}" >}}`,
    },
  };
}
