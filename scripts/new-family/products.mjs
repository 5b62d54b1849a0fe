const CLOUDS = ['ghec', 'dotcom']

/** The first release of Enterprise Server among products, as `[3, 19]`; undefined for none. */
export function firstRelease(products) {
  const release = products.map((product) => /^ghes-(\d+)\.(\d+)$/.exec(product)).find((match) => match !== null)
  return release && [Number(release[1]), Number(release[2])]
}

/** The clouds that are not among products. */
export function cloudsWithout(products) {
  return CLOUDS.filter((cloud) => !products.includes(cloud))
}

/** The same as a world of the contract test says it: a release, or the names of what has it. */
export function sinceText(products) {
  const release = firstRelease(products)
  if (release !== undefined && cloudsWithout(products).length === 0) return `[${release.join(', ')}]`
  const names = [
    ...(release === undefined ? [] : [`ghes-${release.join('.')}`]),
    ...CLOUDS.filter((cloud) => products.includes(cloud)),
  ]
  return `[${names.map((name) => `'${name}'`).join(', ')}]`
}

/** The generations of GitHub AE among products, as a world says them; undefined where they have what GHES 2.22 has. */
export function aeText(products) {
  const having = ['ghae-2021', 'ghae'].filter((product) => products.includes(product))
  if (having.length === (products.includes('ghes-2.22') ? 2 : 0)) return undefined
  return `[${having.map((name) => `'${name}'`).join(', ')}]`
}
