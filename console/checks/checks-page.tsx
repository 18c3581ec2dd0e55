/** What is wrong with the rules, whether they do what was meant, and what they do to traffic that was seen. */

import { Tabs } from '../parts/tabs.tsx'
import { Page } from '../shell/page.tsx'
import type { PageProps } from '../shell/page-props.ts'
import { navigate } from '../shell/router.ts'
import { FindingsTab } from './findings-tab.tsx'
import { ReplayTab } from './replay-tab.tsx'
import { TestsTab } from './tests-tab.tsx'

/** Each with what it shows; what is checked anew has a row more. */
const tabs = [
  { id: 'findings', label: 'Findings', Body: FindingsTab },
  { id: 'tests', label: 'Policy tests', Body: TestsTab },
  { id: 'replay', label: 'Replay', Body: ReplayTab },
] as const

export function ChecksPage({ rest }: PageProps) {
  const chosen = tabs.find(({ id }) => id === rest[0]) ?? tabs[0]
  return (
    <Page
      title="Checks"
      about="Held against the rules as they are, over all packets or those of a flow log, and again whenever they change."
    >
      <section class="panel" aria-label="Checks">
        <Tabs
          label="Checks"
          tabs={tabs}
          chosen={chosen.id}
          onChoose={(id) => navigate(`/checks/${id}`, { replace: true })}
        >
          <chosen.Body key={chosen.id} />
        </Tabs>
      </section>
    </Page>
  )
}
