import type { PostState, ThreadState } from '~db/schema/conversation';
import type { ChosenAction } from './actions';

/** The facts that determine which decisions are possible. */
export interface ChoiceContext {
  open: boolean;
  post: {
    state: PostState;
    isOpening: boolean;
    duplicateOf: string | null;
  } | null;
  thread: {
    state: ThreadState;
    pinned: boolean;
    slow: boolean;
    /** True for a question of the blog post, which cannot be moved. */
    question: boolean;
  } | null;
  /** True if the person is silenced or suspended at the moment. */
  limited: boolean;
}

/** Returns the possible decisions; a closed case can be decided again, the other way. */
export function choices(standing: ChoiceContext): readonly ChosenAction[] {
  const { post, thread, open, limited } = standing;
  const wholeThread = thread && (!post || post.isOpening);
  const person: ChosenAction[] = ['warn', 'spam-clean', 'silence', 'suspend'];
  return [
    ...(post ? stateChoices(post.state, open) : open ? (['dismiss'] as const) : []),
    ...person,
    ...(limited ? (['lift'] as const) : []),
    ...(post ? postChoices(post) : []),
    ...(wholeThread ? threadChoices(thread) : []),
  ];
}

function stateChoices(state: PostState, open: boolean): ChosenAction[] {
  switch (state) {
    case 'held':
      return ['approve', 'hide'];
    case 'visible':
      return open ? ['hide', 'dismiss', 'hold'] : ['hide', 'hold'];
    case 'hidden':
      return open ? ['restore', 'dismiss'] : ['restore'];
    case 'deleted':
      return open ? ['dismiss'] : [];
  }
}

function postChoices({
  state,
  isOpening,
  duplicateOf,
}: NonNullable<ChoiceContext['post']>): ChosenAction[] {
  if (state === 'deleted') return [];
  if (isOpening) return ['retag'];
  if (state !== 'visible') return ['retag', 'move'];
  return ['retag', 'move', 'split', duplicateOf ? 'unduplicate' : 'duplicate'];
}

function threadChoices({
  state,
  pinned,
  slow,
  question,
}: NonNullable<ChoiceContext['thread']>): ChosenAction[] {
  if (state !== 'open' && state !== 'locked') return [];
  return [
    'title',
    state === 'open' ? 'lock' : 'unlock',
    pinned ? 'unpin' : 'pin',
    slow ? 'unslow' : 'slow',
    ...(question ? [] : (['merge'] as const)),
  ];
}
