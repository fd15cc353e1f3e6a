import type { Language } from '../language';
import account from './account.json';
import admin from './admin.json';
import antiSpam from './anti-spam.json';
import asking from './asking.json';
import barriers from './barriers.json';
import community from './community.json';
import conversation from './conversation.json';
import conversations from './conversations.json';
import digestVersions from './digest-versions.json';
import digests from './digests.json';
import embed from './embed.json';
import jobs from './jobs.json';
import keyPoints from './key-points.json';
import mail from './mail.json';
import moderation from './moderation.json';
import people from './people.json';
import postLanguage from './post-language.json';
import reading from './reading.json';
import search from './search.json';
import security from './security.json';
import site from './site.json';
import staticPages from './static-pages.json';
import subscriptions from './subscriptions.json';
import translations from './translations.json';
import writing from './writing.json';

/** Written out, unlike those of other languages, for the type of their keys. */
export const messages = {
  ...barriers,
  ...asking,
  ...account,
  ...admin,
  ...community,
  ...conversation,
  ...conversations,
  ...digests,
  ...digestVersions,
  ...antiSpam,
  ...embed,
  ...jobs,
  ...keyPoints,
  ...mail,
  ...moderation,
  ...staticPages,
  ...people,
  ...reading,
  ...search,
  ...security,
  ...site,
  ...subscriptions,
  ...translations,
  ...writing,
  ...postLanguage,
};

export const language = {
  name: 'English',
  short: 'EN',
  wordForms: { before: '', after: 's?' },
  // Most readers of English here do not write dates and lists as in the United States.
  formats: 'en-GB',
} as const satisfies Language;
