/** An action as a workflow uses it: by the commit, because a tag can be moved to other code. */
interface Pin {
  readonly uses: string
  readonly commit: string
  readonly version: string
}

/** https://docs.github.com/actions/reference/security/secure-use#using-third-party-actions */
export const CHECKOUT: Pin = {
  uses: 'actions/checkout',
  commit: '08c6903cd8c0fde910a37f88322edcfb5dd907a8',
  version: 'v5.0.0',
}

/** GitHub Enterprise Server takes version 3 at most. https://github.com/actions/upload-artifact#ghes-support */
export const UPLOAD: Pin = {
  uses: 'actions/upload-artifact',
  commit: '330a01c490aca151604b8cf639adc76d48f6c5d4',
  version: 'v5.0.0',
}

export const OCTOFORM: Pin = {
  uses: 'octoform/octoform',
  commit: 'f86c7111324d3174296d0df05291dd6db49c5d1d',
  version: 'v0.2.0',
}

/** The text behind `uses:`. */
export function pinned({ uses, commit, version }: Pin): string {
  return `${uses}@${commit} # ${version}`
}
