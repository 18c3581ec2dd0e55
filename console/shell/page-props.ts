/** What every page is given. */

export interface PageProps {
  /** What comes after the page's own part of the path: `/groups/sg-1/inbound` gives `['sg-1', 'inbound']`. */
  readonly rest: readonly string[]
}
