/**
 * The pages by their paths, each loaded when it is first visited, and the navigation's rows. A page is added by
 * a row here; what has no page yet has no row, so that no link is dead.
 */

import type { ComponentType } from 'preact'
import type { PageProps } from './page-props.ts'

export interface PageRow {
  /** The first part of the path. */
  readonly path: string
  readonly label: string
  readonly section: 'Network & Security' | 'Traffic' | 'Learn'
  readonly load: () => Promise<ComponentType<PageProps>>
}

export const pages: readonly PageRow[] = [
  {
    path: 'groups',
    label: 'Security Groups',
    section: 'Network & Security',
    load: async () => (await import('../groups/groups-page.tsx')).GroupsPage,
  },
  {
    path: 'map',
    label: 'Map',
    section: 'Network & Security',
    load: async () => (await import('../map/map-page.tsx')).MapPage,
  },
  {
    path: 'checks',
    label: 'Checks',
    section: 'Network & Security',
    load: async () => (await import('../checks/checks-page.tsx')).ChecksPage,
  },
  {
    path: 'enforcement',
    label: 'Enforcement',
    section: 'Network & Security',
    load: async () => (await import('../enforcement/enforcement-page.tsx')).EnforcementPage,
  },
  {
    path: 'tracer',
    label: 'Packet tracer',
    section: 'Traffic',
    load: async () => (await import('../tracer/tracer-page.tsx')).TracerPage,
  },
  {
    path: 'connections',
    label: 'Connections',
    section: 'Traffic',
    load: async () => (await import('../traffic/connections-page.tsx')).ConnectionsPage,
  },
  {
    path: 'flow-log',
    label: 'Flow log',
    section: 'Traffic',
    load: async () => (await import('../traffic/flow-log-page.tsx')).FlowLogPage,
  },
  {
    path: 'lesson',
    label: 'Lesson',
    section: 'Learn',
    load: async () => (await import('../lesson/lesson-page.tsx')).LessonPage,
  },
]

export const sections = ['Network & Security', 'Traffic', 'Learn'] as const
