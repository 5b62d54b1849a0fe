/** Letters, digits, `_`, `-`, `$` and `#`, at most 75: https://docs.github.com/organizations/managing-organization-settings/managing-custom-properties-for-repositories-in-your-organization */
export function nameFault(name: string): string | undefined {
  if (/^[\w\-$#]{1,75}$/.test(name)) return undefined
  return `no custom property can be called ${JSON.stringify(name)}: GitHub takes letters, digits, _, -, $ and #, at most 75`
}
