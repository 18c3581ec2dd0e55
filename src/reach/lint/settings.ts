/** What people say beforehand: which ports they administer by, what is meant to be public, how CIDRs were written. */

export interface LintSettings {
  /**
   * The CIDR as its source has it, where a world no longer does: by the id of a rule, the name of an ACL's or a
   * prefix list's entry.
   */
  readonly written: ReadonlyMap<string, string>
  /** Services beyond the usual ones, by name: `tcp/8443`. */
  readonly adminServices: readonly string[]
  /** Undefined: nobody keeps a register of what is meant to be public. */
  readonly intended: readonly Intended[] | undefined
}

/** Meant to be public. */
export interface Intended {
  /** An end as other commands name it, or a group by its id or its name. */
  readonly to: string
  /** A CIDR; undefined for the whole internet. */
  readonly from: string | undefined
  readonly services: readonly string[]
  readonly reason: string
}

export const plainSettings: LintSettings = { written: new Map(), adminServices: [], intended: undefined }
