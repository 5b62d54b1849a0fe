/** A family's finding about a desired member; the engine adds the line of the YAML. */
export type Finding = Remark | Hold

interface Remark {
  /** An error stops an apply; with a warning the run goes on. Offline checks can find errors, too. */
  readonly severity: 'error' | 'warning'
  readonly message: string
  /** The dotted path of the field that it is about; the whole member without it. */
  readonly field?: string
  /** The field of the level above that it contradicts, where the YAML has both. */
  readonly against?: string
  /** The level that has it, where it is not the next one. */
  readonly againstIn?: 'further above'
  /** Of a list of plain names, the entry that it is about. */
  readonly entry?: string
  /** It holds only where the repository has no other name: GitHub may know it by one that is listed. */
  readonly onNames?: true
}

/** A valid setting of the YAML that GitHub's present state does not allow: the field waits, the rest is planned. */
interface Hold extends Waiting {
  readonly severity: 'held back'
  /** The dotted path of the field, or of the map around it; the whole member without it. */
  readonly field?: string
}

/** Why something waits, as a whole sentence. */
export interface Waiting {
  readonly message: string
  /** The remedy. */
  readonly help: string
}
