import type { Family } from '../../core/family.ts'
import { repository } from './repository.ts'
import { FOLDER, fileFault, ROUTES, type Workflow } from './workflow.ts'

/**
 * The workflows of a repository, by the name of their file. They come and go with it, so that none is created or deleted here.
 * https://docs.github.com/rest/actions/workflows
 */
export const workflows = {
  name: 'workflows',
  shape: 'members',
  fields: {
    state: { wider: ['disabled', 'active'], written: { repository: { route: ROUTES.disable, bare: true } } },
  },
  fold: (key) => key,
  nameFault: fileFault,
  unpruned: 'which GitHub has no way to delete',
  notCreated: (key) =>
    `GitHub has no workflow ${FOLDER}${key}: it comes with that file on the default branch, and is not created here`,
  stops: ({ key, after }) => (after?.state === 'disabled' ? `${FOLDER}${key}` : undefined),
  scopes: { repository },
} satisfies Family<Workflow, object>
