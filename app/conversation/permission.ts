import { mayPost, type Person, type Visitor } from '../people/visitor';
import { Refusal } from '../refusal';

/**
 * The person who may write now.
 * @throws Refusal that says what keeps the visitor from it: the text they typed is kept.
 */
export function writerOf(visitor: Visitor): Person {
  const { person, standing } = visitor;
  if (!person) throw new Refusal('refused', 'conversation.error.login');
  if (mayPost(visitor)) return person;
  if (standing === 'unconfirmed') throw new Refusal('refused', 'conversation.error.confirm');
  throw new Refusal('refused', 'conversation.error.suspended');
}
