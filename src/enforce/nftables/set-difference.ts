/**
 * What a set in the kernel lacks of a list, and has beyond it. Interfaces share the lists of groups and prefix
 * lists: what is found out for one of them is there for the rest.
 */

const asSets = new WeakMap<readonly string[], ReadonlySet<string>>()

/** The list as a set; the same one each time. */
export function listed(elements: readonly string[]): ReadonlySet<string> {
  const known = asSets.get(elements)
  if (known) return known
  const made = new Set(elements)
  asSets.set(elements, made)
  return made
}

interface Found {
  readonly there: ReadonlySet<string>
  readonly lacking: readonly string[]
  readonly odd: readonly string[]
}

/** By the list, what was found when it was last held against a set. */
const found = new WeakMap<readonly string[], Found>()

function compare(there: ReadonlySet<string>, elements: readonly string[]): Found {
  const known = found.get(elements)
  if (known?.there === there) return known
  const wanted = listed(elements)
  const isSame = there === wanted
  const made = {
    there,
    lacking: isSame ? [] : elements.filter((each) => !there.has(each)),
    odd: isSame ? [] : [...there].filter((each) => !wanted.has(each)),
  }
  found.set(elements, made)
  return made
}

const nothing: ReadonlySet<string> = new Set()

/** Elements of the list that are not there. */
export function lacking(there: ReadonlySet<string> | undefined, elements: readonly string[]): readonly string[] {
  return compare(there ?? nothing, elements).lacking
}

/** Elements that are there and not in the list. */
export function odd(there: ReadonlySet<string> | undefined, elements: readonly string[]): readonly string[] {
  return compare(there ?? nothing, elements).odd
}
