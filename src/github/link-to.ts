/**
 * The target in a `Link` header by its relation: `<https://…?page=2>; rel="next", <…>; rel="last"`.
 * https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api#using-link-headers
 */
export function linkTo(relation: 'next' | 'last', header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  for (const [, link, rest = ''] of header.matchAll(/<([^>]*)>([^<]*)/g)) {
    const [, quoted, plain] = /;\s*rel\s*=\s*(?:"([^"]*)"|(\w+))/i.exec(rest) ?? []
    if ((quoted ?? plain ?? '').toLowerCase().split(/\s+/).includes(relation)) return link
  }
  return undefined
}
