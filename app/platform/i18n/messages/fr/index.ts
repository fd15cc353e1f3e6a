import account from './account.json';
import barriers from './barriers.json';
import conversation from './conversation.json';
import digests from './digests.json';
import editions from './editions.json';
import guard from './guard.json';
import mail from './mail.json';
import moderation from './moderation.json';
import pages from './pages.json';
import people from './people.json';
import reading from './reading.json';
import search from './search.json';
import security from './security.json';
import site from './site.json';
import subscriptions from './subscriptions.json';
import vocabulary from './vocabulary.json';
import words from './words.json';
import writing from './writing.json';

export const messages = {
  ...barriers,
  ...account,
  ...conversation,
  ...digests,
  ...editions,
  ...guard,
  ...mail,
  ...moderation,
  ...pages,
  ...people,
  ...reading,
  ...search,
  ...security,
  ...site,
  ...subscriptions,
  ...vocabulary,
  ...writing,
  ...words,
};
