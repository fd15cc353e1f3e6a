/** What a person may be told of what others write. Muting a thread silences these. */
export const ABOUT_POSTS = ['reply', 'mention', 'watched', 'followed'] as const;

/** What a person is told of what became of their own words; nothing silences these. */
export const ABOUT_DECISIONS = [
  ...(['approved', 'hidden', 'restored', 'quoted', 'disputed'] as const),
  ...(['decided', 'upheld', 'reversed'] as const),
] as const;

/** What the moderators write to a person; nothing silences it. */
export const FROM_MODERATORS = ['modmail'] as const;

/** Each has its sentence in the catalogue. */
export type NotificationKind =
  | (typeof ABOUT_POSTS)[number]
  | (typeof ABOUT_DECISIONS)[number]
  | (typeof FROM_MODERATORS)[number];

export function isAboutPosts(kind: NotificationKind): boolean {
  return (ABOUT_POSTS as readonly string[]).includes(kind);
}
