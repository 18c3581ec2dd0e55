/** Relative links in Markdown lead to a file that exists and to a heading that file has. */

import { posix } from 'node:path'
import type { Complaint } from './complaint.ts'
import type { ProjectFile } from './project-files.ts'

/** `paths` holds every file and folder; `pages` the Markdown files. */
export function linkComplaints(paths: readonly string[], pages: readonly ProjectFile[]): Complaint[] {
  const known = new Set(paths.map((path) => path.replace(/\/$/, '')))
  const headings = new Map(pages.map((page) => [page.path, headingsOf(page.text)]))
  return pages.flatMap((page) =>
    linksOf(page.text).flatMap((link) => {
      const [target = '', heading] = link.split('#')
      const path =
        target === '' ? page.path : posix.join(posix.dirname(page.path), decodeURI(target)).replace(/\/$/, '')
      const leads = path === '.' || known.has(path)
      const found = heading === undefined || (headings.get(path)?.has(heading.toLowerCase()) ?? true)
      if (leads && found) return []
      const instead = leads ? `No heading of ${path} reads so` : `There is no ${path}`
      return [{ where: page.path, rule: `the link \`${link}\` is dead`, instead }]
    }),
  )
}

function linksOf(markdown: string): string[] {
  const prose = withoutCode(markdown)
  const links = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)/gm)]
  return links.map((match) => match[1] ?? match[2] ?? '').filter((link) => !/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(link))
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '')
}

/** The anchors GitHub makes: lower case, punctuation dropped, blanks to hyphens, repeats numbered. */
function headingsOf(markdown: string): Set<string> {
  const seen = new Map<string, number>()
  const lines = markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)
  const anchors = [...lines].map((match) => {
    const words = (match[1] ?? '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const anchor = words.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-')
    const repeats = seen.get(anchor) ?? 0
    seen.set(anchor, repeats + 1)
    return repeats === 0 ? anchor : `${anchor}-${repeats}`
  })
  return new Set(anchors)
}
