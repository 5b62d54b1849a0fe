/** A small organization before, and its configuration: one thing to add, one to change, one to delete. */
export const SMALL_SEED = {
  organizations: {
    acme: {
      repositories: { web: { visibility: 'public' }, api: {} },
      secrets: { OLD: { visibility: 'all', value: 'old' }, LEFT: { visibility: 'all', value: 'left' } },
    },
    beta: { repositories: { site: {} } },
  },
}

export const SMALL_YAML = `version: 1
organizations:
  acme:
    permissions: { allowed_actions: local_only }
    secrets:
      NEW: { visibility: private, value: { env: NEW_VALUE } }
      OLD: absent
`

/** Planted so that a test can look for it in every output. */
export const SMALL_VALUE = 'planted-value-of-NEW'
