/** Headers with one text for each name, as `Headers` of fetch gives them. */
export function joinedHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Readonly<Record<string, string>> {
  const joined: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (typeof value === 'string') joined[name] = value
    else if (value !== undefined) joined[name] = value.join(', ')
  }
  return joined
}
