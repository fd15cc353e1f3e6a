/** What people write here is theirs and may be used under this licence: CC BY 4.0. */
export const LICENCE = 'https://creativecommons.org/licenses/by/4.0/';
