/** The keys under which a list of a family's document can be asked for, by dotted path. */
export interface LeafKeys {
  readonly exact: string
  readonly add: string
  readonly remove: string
}

/** `a.list` with `a.add_list` and `a.remove_list`. */
export function leafKeys(path: string): LeafKeys {
  const steps = path.split('.')
  const last = steps.pop() ?? ''
  const beside = (prefix: string): string => [...steps, `${prefix}${last}`].join('.')
  return { exact: path, add: beside('add_'), remove: beside('remove_') }
}
