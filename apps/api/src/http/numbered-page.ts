/** Which page of a list that is read by page numbers. */
export interface NumberedPage {
  readonly page: number;
  readonly per_page: number;
}

/** The part of the list that the page is. */
export const sliceOf = ({ page, per_page }: NumberedPage) => ({
  limit: per_page,
  offset: (page - 1) * per_page,
});

/** How such a list goes on. @param path of the list; `query` is what its next page asks besides the page */
export function numberedPages(
  { page, per_page }: NumberedPage,
  total: number,
  { path, query = {} }: { path: string; query?: Readonly<Record<string, string>> },
) {
  const total_pages = Math.ceil(total / per_page);
  const next = new URLSearchParams({ ...query, page: String(page + 1), per_page: String(per_page) });
  return {
    type: 'pages' as const,
    page,
    per_page,
    total_pages,
    next: page < total_pages ? `${path}?${next.toString()}` : null,
  };
}
