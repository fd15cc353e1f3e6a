import type { SiteTranslator } from '~/platform/community/site-translator';
import { dayOf } from '~/platform/day';
import type { DigestContent } from './content';
import { topicOf } from './digest-key';
import { digestPath, digestTitle, type Edition } from './present';

/** The licence's SPDX identifier. */
const LICENCE = 'CC-BY-4.0';

type Published = Edition & { publishedAt: number };

/** Returns the data that both citation formats use. */
function facts(content: DigestContent, i18n: SiteTranslator, edition: Published) {
  const topic = topicOf(content);
  return {
    title: i18n.t('digests.cite.title', {
      what: i18n.t('digests.cite.what'),
      title: digestTitle(i18n, topic, content.period),
    }),
    date: dayOf(edition.publishedAt),
    url: `${edition.origin}${digestPath(topic, content.period)}/v/${edition.version}`,
    key: `causeway-${topic}-${content.period}-v${edition.version}`.replaceAll('~', '-'),
  };
}

/** Returns the citation in the Citation File Format (https://citation-file-format.github.io). */
export function digestCff(
  content: DigestContent,
  i18n: SiteTranslator,
  edition: Published,
): string {
  const { title, date, url } = facts(content, i18n, edition);
  // A JSON string is also a valid YAML string.
  const text = JSON.stringify;
  return `cff-version: 1.2.0
message: ${text(i18n.t('digests.cite.message'))}
type: dataset
title: ${text(title)}
authors:
  - name: ${text(edition.siteName)}
version: ${text(String(edition.version))}
date-released: ${date}
url: ${text(url)}
license: ${LICENCE}
identifiers:
  - type: other
    value: ${text(`sha256:${edition.contentHash}`)}
    description: SHA-256
`;
}

/** Returns the citation as a BibTeX entry in UTF-8. */
export function digestBib(
  content: DigestContent,
  i18n: SiteTranslator,
  edition: Published,
): string {
  const { title, date, url, key } = facts(content, i18n, edition);
  const note = `Version ${edition.version}, SHA-256 ${edition.contentHash}, ${LICENCE}`;
  return `@misc{${key},
  author = {{${escaped(edition.siteName)}}},
  title = {{${escaped(title)}}},
  year = {${date.slice(0, 4)}},
  date = {${date}},
  url = {${url}},
  note = {${note}}
}
`;
}

const SPECIAL: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** Escapes the characters that have a meaning in BibTeX. */
function escaped(text: string): string {
  return text.replace(/[\\~^&%$#_{}]/g, (sign) => SPECIAL[sign] ?? `\\${sign}`);
}
