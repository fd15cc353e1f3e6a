/** Rows per page in all paged lists. */
export const PAGE_SIZE = 20;

export interface Paging {
  /** From 1, never beyond the last page: old links to a shorter list still work. */
  page: number;
  /** At least 1: an empty list has one empty page. */
  pages: number;
  total: number;
  offset: number;
}

/** Returns the requested page, limited to the pages that exist. */
export function pagingOf(wanted: number, total: number, size = PAGE_SIZE): Paging {
  const pages = Math.max(1, Math.ceil(total / size));
  const page = Math.min(Math.max(1, wanted), pages);
  return { page, pages, total, offset: (page - 1) * size };
}

/** Returns the page of the row that has `before` rows before it. */
export function pageAt(before: number): number {
  return Math.floor(before / PAGE_SIZE) + 1;
}

/** Returns the URL of a page of a list; the first page has the URL of the list. */
export function pageUrl(list: string, page: number): string {
  if (page <= 1) return list;
  return `${list}${list.includes('?') ? '&' : '?'}page=${page}`;
}

/** Reads `?page=`: anything except a whole number above 0 is page 1. */
export function readPage(text: string | null): number {
  return text && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : 1;
}
