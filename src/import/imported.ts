/**
 * A World read from what others wrote, which may say things that are not understood: a rule whose source is
 * known only after it is applied, a resource of an unknown kind. Such things bound the answer instead of being
 * dropped. `certain` is the world without all that they may allow, `possible` the one with all of it. What is
 * allowed in `certain` is allowed; what is not even in `possible` is not; what differs is undetermined.
 */

import type { World } from '../model/world.ts'

/** Where an object was written down. */
export interface Origin {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** What the source calls it: `aws_security_group.web`, a logical id of a template. */
  readonly name: string
}

/** Something that was not understood, or is not known yet. */
export interface Doubt {
  /** A sentence. */
  readonly what: string
  readonly origin: Origin
}

export interface Imported {
  readonly certain: World
  /** The same value as `certain` where all was understood. */
  readonly possible: World
  /** By id of the object, `sg-…`, `sgr-…`, `eni-…`, and some entries of ACLs and lists by their names. */
  readonly origins: ReadonlyMap<string, Origin>
  readonly doubts: readonly Doubt[]
  /**
   * The CIDR as it was written, where a world keeps another form of it (10.0.0.5/24): by rule id, `acl-1 ingress
   * 100`, `pl-1 10.0.0.0/24`.
   */
  readonly written?: ReadonlyMap<string, string>
}

/** A world that is known in all its parts. */
export function whollyKnown(world: World): Imported {
  return { certain: world, possible: world, origins: new Map(), doubts: [] }
}
