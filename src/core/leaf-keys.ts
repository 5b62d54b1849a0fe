/** The YAML keys of a list in a family's document, by dotted path. */
export interface LeafKeys {
  readonly exact: string
  readonly add: string
  readonly remove: string
}

/** `a.list` with `a.add_list` and `a.remove_list`. */
export function leafKeys(path: string): LeafKeys {
  const last = path.lastIndexOf('.') + 1
  const beside = (prefix: string): string => `${path.slice(0, last)}${prefix}${path.slice(last)}`
  return { exact: path, add: beside('add_'), remove: beside('remove_') }
}
