/** The licence of what people write here, who remain its owners: CC BY 4.0. */
export const LICENCE = 'https://creativecommons.org/licenses/by/4.0/';
