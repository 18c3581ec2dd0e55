/** Refusals of this family (spec 6). */

export const prefixListRejections = {} as const
