import type { ApprovalLine, Approvals } from '../core/approval.ts'
import { isDocument, type Json } from '../core/json.ts'
import type { YamlFile } from './yaml-file.ts'

/**
 * Reads `approvals`, from the file that has it. Where none has, its place is beside the keys that already govern the
 * run.
 */
export function approvalsIn(files: readonly YamlFile[]): Pick<Approvals, 'lines' | 'place'> {
  const holds = (key: string): YamlFile | undefined =>
    files.find(({ value }) => isDocument(value) && value[key] !== undefined)
  const own = holds('approvals')
  const beside = own ?? holds('files') ?? holds('guards') ?? holds('ledger') ?? holds('github') ?? files[0]
  const list = own && isDocument(own.value) ? own.value.approvals : undefined
  return {
    lines: own === undefined ? [] : linesOf(own, list),
    place: { file: beside?.name ?? '', key: own?.place(['approvals']) },
  }
}

function linesOf(file: YamlFile, list: Json | undefined): readonly ApprovalLine[] {
  if (!Array.isArray(list)) return []
  return list.filter(isDocument).map((entry: Json, index): ApprovalLine => {
    const { digest, allow, reason } = isDocument(entry) ? entry : {}
    return {
      digest: String(digest),
      allow: Array.isArray(allow) ? allow.map(String) : [],
      reason: String(reason),
      source: file.place(['approvals', index]),
    }
  })
}
