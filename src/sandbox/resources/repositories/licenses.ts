import { type Entry, wordAt } from '../../world/seed-reader.ts'
import { slot } from '../../world/slot.ts'
import type { Repository } from '../../world/store.ts'
import type { Resource } from '../resource.ts'

/**
 * The keywords that `license_template` takes, with the names and SPDX ids of the licenses
 * (https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/licensing-a-repository).
 */
const LICENSES: Readonly<Record<string, readonly [name: string, spdxId: string]>> = {
  'afl-3.0': ['Academic Free License v3.0', 'AFL-3.0'],
  'agpl-3.0': ['GNU Affero General Public License v3.0', 'AGPL-3.0'],
  'apache-2.0': ['Apache License 2.0', 'Apache-2.0'],
  'artistic-2.0': ['Artistic License 2.0', 'Artistic-2.0'],
  'bsd-2-clause': ['BSD 2-Clause "Simplified" License', 'BSD-2-Clause'],
  'bsd-3-clause': ['BSD 3-Clause "New" or "Revised" License', 'BSD-3-Clause'],
  'bsl-1.0': ['Boost Software License 1.0', 'BSL-1.0'],
  'cc-by-4.0': ['Creative Commons Attribution 4.0 International', 'CC-BY-4.0'],
  'cc-by-sa-4.0': ['Creative Commons Attribution Share Alike 4.0 International', 'CC-BY-SA-4.0'],
  'cc0-1.0': ['Creative Commons Zero v1.0 Universal', 'CC0-1.0'],
  'ecl-2.0': ['Educational Community License v2.0', 'ECL-2.0'],
  'epl-1.0': ['Eclipse Public License 1.0', 'EPL-1.0'],
  'epl-2.0': ['Eclipse Public License 2.0', 'EPL-2.0'],
  'eupl-1.1': ['European Union Public License 1.1', 'EUPL-1.1'],
  'eupl-1.2': ['European Union Public License 1.2', 'EUPL-1.2'],
  'gpl-2.0': ['GNU General Public License v2.0', 'GPL-2.0'],
  'gpl-3.0': ['GNU General Public License v3.0', 'GPL-3.0'],
  isc: ['ISC License', 'ISC'],
  'lgpl-2.1': ['GNU Lesser General Public License v2.1', 'LGPL-2.1'],
  'lgpl-3.0': ['GNU Lesser General Public License v3.0', 'LGPL-3.0'],
  'lppl-1.3c': ['LaTeX Project Public License v1.3c', 'LPPL-1.3c'],
  mit: ['MIT License', 'MIT'],
  'mpl-2.0': ['Mozilla Public License 2.0', 'MPL-2.0'],
  'ms-pl': ['Microsoft Public License', 'MS-PL'],
  ncsa: ['University of Illinois/NCSA Open Source License', 'NCSA'],
  'ofl-1.1': ['SIL Open Font License 1.1', 'OFL-1.1'],
  'osl-3.0': ['Open Software License 3.0', 'OSL-3.0'],
  postgresql: ['PostgreSQL License', 'PostgreSQL'],
  unlicense: ['The Unlicense', 'Unlicense'],
  wtfpl: ['Do What The F*ck You Want To Public License', 'WTFPL'],
  zlib: ['zlib License', 'Zlib'],
}

const LICENSE_KEYS = Object.keys(LICENSES)

export interface License {
  readonly key: string
  readonly name: string
  readonly spdxId: string
}

/** The license of a keyword, in any case; undefined when GitHub has no template of it. */
export function licenseNamed(keyword: string): License | undefined {
  const key = keyword.toLowerCase()
  const known = Object.hasOwn(LICENSES, key) ? LICENSES[key] : undefined
  return known && { key, name: known[0], spdxId: known[1] }
}

/** The keyword of the license that a repository was made with. */
export const licenseKeyOf = slot<Repository, { key: string | undefined }>(() => ({ key: undefined }))

export const licenses: Resource = {
  routes: [],
  details: { keys: ['license'], seed, dump },
}

function seed(repository: Repository, given: Entry): void {
  licenseKeyOf(repository).key = wordAt(given, 'license', LICENSE_KEYS)
}

function dump(repository: Repository): object {
  const { key } = licenseKeyOf(repository)
  return key === undefined ? {} : { license: key }
}
