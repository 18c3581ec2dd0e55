/** stub */
import type { SourceFile } from '../import/describe/output.ts'
import type { Imported } from '../import/imported.ts'
export const isTerraform = (_: unknown) => false
export function terraformWorld(_: SourceFile): Imported {
  throw new Error()
}
