/** Notifications about other people's posts; muting a thread turns them off. */
export const ABOUT_POSTS = ['reply', 'mention', 'watched', 'followed'] as const;

/** Notifications about a person's own posts; they cannot be turned off. */
const ABOUT_DECISIONS = [
  ...(['approved', 'hidden', 'restored', 'quoted', 'disputed'] as const),
  ...(['decided', 'upheld', 'reversed'] as const),
] as const;

/** Messages from the moderators; they cannot be turned off. */
const FROM_MODERATORS = ['modmail'] as const;

/** Each kind has a message in the catalogue. */
export type NotificationKind =
  | (typeof ABOUT_POSTS)[number]
  | (typeof ABOUT_DECISIONS)[number]
  | (typeof FROM_MODERATORS)[number];

export function isAboutPosts(kind: NotificationKind): boolean {
  return (ABOUT_POSTS as readonly string[]).includes(kind);
}
