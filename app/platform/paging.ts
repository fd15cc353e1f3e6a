/** Rows on a page, everywhere in the conversation. */
export const PAGE_SIZE = 20;

export interface Paging {
  /** From 1; never beyond the last, so that old links to a shrunken list still show something. */
  page: number;
  /** At least 1: an empty list has one empty page. */
  pages: number;
  total: number;
  offset: number;
}

/** The page that was asked for, within what there is. */
export function pagingOf(wanted: number, total: number, size = PAGE_SIZE): Paging {
  const pages = Math.max(1, Math.ceil(total / size));
  const page = Math.min(Math.max(1, wanted), pages);
  return { page, pages, total, offset: (page - 1) * size };
}

/** The page on which the row stands that has `before` rows before it. */
export function pageAt(before: number): number {
  return Math.floor(before / PAGE_SIZE) + 1;
}

/** Reads `?page=`: anything but a whole number above 0 is the first page. */
export function readPage(text: string | null): number {
  return text && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : 1;
}
