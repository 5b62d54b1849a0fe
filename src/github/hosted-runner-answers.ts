import type { AnswerFields, AnswerTable } from './answer-row.ts'
import type { Fields } from './shape.ts'

const IMAGE: Fields = { id: 'words', source: ['github', 'partner', 'custom'], 'version?': 'text' }
const HOSTED_RUNNERS: AnswerFields = {
  items: {
    id: 'id',
    name: 'words',
    'runner_group_id?': 'id',
    'image_details|null': { fields: IMAGE },
    machine_size_details: { fields: { id: 'words' } },
    status: 'words',
    'maximum_runners?': 'count',
    public_ip_enabled: 'boolean',
    'image_gen?': 'boolean',
  },
  in: 'runners',
  alone: { by: 'name', fold: 'none' },
}
const HOSTED_IMAGES: AnswerFields = { items: { id: 'words' }, in: 'images' }
const CUSTOM_IMAGES: AnswerFields = { items: { id: 'id', latest_version: 'text' }, in: 'images' }
const IMAGE_VERSIONS: AnswerFields = { items: { version: 'text' }, in: 'image_versions' }
const MACHINE_SIZES: AnswerFields = { items: { id: 'words' }, in: 'machine_specs' }
const HOSTED_LIMITS: AnswerFields = {
  fields: { public_ips: { fields: { maximum: 'count', current_usage: 'count' } } },
}

/** The answers about runners that GitHub hosts. */
export const HOSTED_RUNNER_ANSWERS: AnswerTable = {
  'GET /enterprises/{enterprise}/actions/hosted-runners': HOSTED_RUNNERS,
  'GET /orgs/{org}/actions/hosted-runners': HOSTED_RUNNERS,
  'GET /enterprises/{enterprise}/actions/hosted-runners/{hosted_runner_id}': { fields: { id: 'id' } },
  'GET /orgs/{org}/actions/hosted-runners/{hosted_runner_id}': { fields: { id: 'id' } },
  'GET /enterprises/{enterprise}/actions/hosted-runners/images/github-owned': HOSTED_IMAGES,
  'GET /orgs/{org}/actions/hosted-runners/images/github-owned': HOSTED_IMAGES,
  'GET /enterprises/{enterprise}/actions/hosted-runners/images/partner': HOSTED_IMAGES,
  'GET /orgs/{org}/actions/hosted-runners/images/partner': HOSTED_IMAGES,
  'GET /enterprises/{enterprise}/actions/hosted-runners/images/custom': CUSTOM_IMAGES,
  'GET /enterprises/{enterprise}/actions/hosted-runners/images/custom/{image_definition_id}/versions': IMAGE_VERSIONS,
  'GET /orgs/{org}/actions/hosted-runners/images/custom': CUSTOM_IMAGES,
  'GET /orgs/{org}/actions/hosted-runners/images/custom/{image_definition_id}/versions': IMAGE_VERSIONS,
  'GET /enterprises/{enterprise}/actions/hosted-runners/machine-sizes': MACHINE_SIZES,
  'GET /orgs/{org}/actions/hosted-runners/machine-sizes': MACHINE_SIZES,
  'GET /enterprises/{enterprise}/actions/hosted-runners/limits': HOSTED_LIMITS,
  'GET /orgs/{org}/actions/hosted-runners/limits': HOSTED_LIMITS,
}
