import { CHECKOUT, pinned, UPLOAD } from './pins.ts'

/** The checkout of the commit that the run is for. */
export const CHECK_OUT = `      - uses: ${pinned(CHECKOUT)}
        with:
          persist-credentials: false
`

/** Keeps the report of a step: it has names, without which it is of little use, only where the repository is private. */
export function uploadStep(name: string): string {
  return `      # The report as a page, where the repository is private. GitHub Enterprise Server takes v3 of this action.
      - if: \${{ !cancelled() && github.event.repository.private }}
        uses: ${pinned(UPLOAD)}
        continue-on-error: true
        with:
          name: ${name}
          path: ${pagePath(name)}
          if-no-files-found: ignore
`
}

/** The path of the report that a step writes. */
export function pagePath(name: string): string {
  return `\${{ runner.temp }}/${name}.html`
}
