/** Names for what is written: after the Name tag, the name or the id, and never the same twice. */

import type { TaggableId } from '../model/ids.ts'
import { tagsOf, type World } from '../model/world.ts'

export class Names {
  readonly all = new Map<string, string>()
  readonly #world: World
  readonly #taken = new Set<string>()

  constructor(world: World) {
    this.#world = world
  }

  /** `web` of the kind `group` is `web-group`; the next one so called is `web-group-2`. */
  give(id: string, kind: string, label = this.#labelOf(id)): void {
    const words = label
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== '')
    const own = words.at(-1) === kind ? words : [...words, kind]
    // No form lets a name begin with a digit.
    const name = (/^[0-9]/.test(own[0] ?? '') ? [kind, ...words] : own).join('-')
    let free = name
    for (let count = 2; this.#taken.has(free); count++) free = `${name}-${count}`
    this.#taken.add(free)
    this.all.set(id, free)
  }

  /** Of an id without a Name, what tells it from others of its kind, if people wrote it: `eni-web` is `web`. */
  #labelOf(id: string): string {
    const tag = tagsOf(this.#world, id as TaggableId).find(({ key }) => key === 'Name')
    const own = id.slice(id.indexOf('-') + 1)
    return tag?.value ?? (/^[0-9a-f]{8,}$/.test(own) ? '' : own)
  }
}

/** `web-group` as `WebGroup`. */
export function pascal(name: string): string {
  return name.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase())
}

/** `web-group` as `web_group`. */
export function snake(name: string): string {
  return name.replaceAll('-', '_')
}
