/** Compare: the same packets through a security group and through a network ACL, side by side. */

import type { Comparison } from '../../src/lesson/content.ts'
import type { PlayedScene, PlayedStep } from '../../src/lesson/play.ts'
import { fetchScene, useFetched } from './content.ts'
import { Outcome } from './outcome.tsx'
import { note } from './progress.ts'
import { eventText, sides, timeText } from './words.ts'
import { WorldPanel } from './world-panel.tsx'

export function ComparisonView({ comparison }: { readonly comparison: Comparison }) {
  const { id, group, acl } = comparison
  const asked = useFetched(id, async () => {
    const both = await Promise.all([fetchScene(group.scene), fetchScene(acl.scene)])
    note({ kind: 'scene-seen', id: group.scene })
    note({ kind: 'scene-seen', id: acl.scene })
    return both
  })
  const { value, failure } = asked.value
  if (failure) return <p class="notice bad">{failure}</p>
  if (!value) return <p class="quiet">Loading…</p>
  const [first, second] = value
  return (
    <div class="two compare">
      <Side title="Security group" says={group.says} scene={first} />
      <Side title="Network ACL" says={acl.says} scene={second} />
    </div>
  )
}

interface SideProps {
  readonly title: string
  readonly says: string
  readonly scene: PlayedScene
}

function Side({ title, says, scene }: SideProps) {
  return (
    <div class="stack">
      <section class="panel" aria-label={title}>
        <div class="panel-head">
          <h2>{title}</h2>
        </div>
        <p class="panel-body claim">{says}</p>
        <ol class="passages">
          {scene.steps.map((step, at) => (
            <Passage key={at} step={step} />
          ))}
        </ol>
      </section>
      <WorldPanel world={scene.world} title={`${title}: the rules`} />
    </div>
  )
}

function Passage({ step }: { readonly step: PlayedStep }) {
  if (step.kind === 'event') {
    return (
      <li class="passage">
        <p class="quiet">t = {timeText(step.at)}</p>
        <code>{eventText(step.line)}</code>
      </li>
    )
  }
  return (
    <li class="passage" data-outcome={step.action}>
      <p>
        <span class="quiet">
          t = {timeText(step.at)} · {sides[step.direction]}
        </span>{' '}
        {step.from.name} → {step.to.name}
      </p>
      <code>{step.packet}</code>
      <Outcome packet={step} />
    </li>
  )
}
