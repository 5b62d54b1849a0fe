import type { Route } from '../core/routes.ts'
import type { Column } from './column.ts'
import { age, field } from './column.ts'
import type { At, Operation } from './operation.ts'

const BASES = {
  enterprise: '/enterprises/{enterprise}/actions/hosted-runners',
  organization: '/orgs/{org}/actions/hosted-runners',
} as const

/** One of the routes of images, which GitHub has alike at both levels. */
function at(method: 'GET' | 'DELETE', below: string): At {
  return Object.fromEntries(Object.entries(BASES).map(([level, path]) => [level, `${method} ${path}${below}` as Route]))
}

const IMAGE = { word: 'IMAGE_ID', param: 'image_definition_id', is: 'id' } as const

const COLUMNS: readonly Column[] = [
  field('ID', 'id', { align: 'right' }),
  field('NAME', 'name', { gives: true }),
  field('PLATFORM', 'platform'),
  field('VERSIONS', 'versions_count', { align: 'right' }),
  field('LATEST', 'latest_version'),
  field('STATE', 'state'),
]

const VERSIONS: readonly Column[] = [
  field('VERSION', 'version'),
  field('STATE', 'state'),
  field('SIZE, GB', 'size_gb', { align: 'right' }),
  age('AGE', 'created_on'),
  field('DETAILS', 'state_details', { gives: true }),
]

/** The custom images of GitHub-hosted runners (https://docs.github.com/rest/actions/hosted-runners). */
export const IMAGES: readonly Operation[] = [
  {
    kind: 'list',
    resource: 'images',
    verb: 'list',
    about: 'the custom images of hosted runners',
    at: at('GET', '/images/custom'),
    columns: COLUMNS,
  },
  {
    kind: 'show',
    resource: 'images',
    verb: 'show',
    about: 'one custom image',
    at: at('GET', '/images/custom/{image_definition_id}'),
    subject: IMAGE,
    columns: COLUMNS,
  },
  {
    kind: 'list',
    resource: 'images',
    verb: 'versions',
    about: 'the versions of a custom image',
    at: at('GET', '/images/custom/{image_definition_id}/versions'),
    subject: IMAGE,
    columns: VERSIONS,
  },
  {
    kind: 'show',
    resource: 'images',
    verb: 'version',
    about: 'one version of a custom image',
    at: at('GET', '/images/custom/{image_definition_id}/versions/{version}'),
    subject: IMAGE,
    flags: [{ flag: '--image-version <version>', field: 'version', about: 'such as 1.0.0', inPath: true }],
    columns: VERSIONS,
  },
  {
    kind: 'change',
    resource: 'images',
    verb: 'delete',
    about: 'delete custom images, with all their versions',
    at: at('DELETE', '/images/custom/{image_definition_id}'),
    subject: { ...IMAGE, several: true },
    verbs: { ask: 'Delete', done: 'Deleted' },
    thing: 'image',
  },
  {
    kind: 'change',
    resource: 'images',
    verb: 'delete-version',
    about: 'delete one version of a custom image',
    at: at('DELETE', '/images/custom/{image_definition_id}/versions/{version}'),
    subject: IMAGE,
    flags: [{ flag: '--image-version <version>', field: 'version', about: 'such as 1.0.0', inPath: true }],
    verbs: { ask: 'Delete this version of', done: 'Deleted this version of' },
    thing: 'image',
  },
  {
    kind: 'list',
    resource: 'images',
    verb: 'platforms',
    about: 'the platforms that hosted runners may have',
    at: at('GET', '/platforms'),
    columns: [{ head: 'PLATFORM', reads: [], value: String }],
  },
]
