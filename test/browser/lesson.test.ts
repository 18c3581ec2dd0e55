/** The lesson in a browser: each of its ten modes as a learner goes through it, and the progress that is kept. */

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drills } from '../../src/lesson/exercises/drills.ts'
import { exercises } from '../../src/lesson/exercises/exercises.ts'
import { chapters, sceneNamed } from '../../src/lesson/lesson.ts'
import { playScene } from '../../src/lesson/play.ts'
import { questions } from '../../src/lesson/questions/questions.ts'
import { answerOf } from '../../src/lesson/review.ts'
import { flashcards } from '../../src/lesson/study/flashcards.ts'
import { type ServerProcess, startServer } from '../server-process.ts'
import { browserPath, type Look, looks, openBrowser } from './browser.ts'
import { tabTo, type Visit, visit } from './visit.ts'

describe.skipIf(browserPath === undefined)('the lesson', () => {
  let browser: Browser
  let server: ServerProcess

  beforeAll(async () => {
    browser = await openBrowser()
    server = await startServer()
  })
  afterAll(async () => {
    await browser.close()
    expect(await server.stop()).toBe(0)
  })

  type Steps = (visited: Visit & { readonly to: (path: string) => Promise<void> }) => Promise<void>

  async function learn(look: Look, steps: Steps): Promise<void> {
    const visited = await visit(browser, server.url, look)
    const to = async (path: string) => void (await visited.page.goto(`${server.url}/console/lesson${path}`))
    await steps({ ...visited, to })
    await visited.check()
    await visited.close()
  }

  describe.each(looks)('at $width px, $theme', (look) => {
    test('leads from its overview through a chapter to the next', () =>
      learn(look, async ({ page, check, to }) => {
        await to('')
        await page.getByRole('heading', { name: 'Ten ways through it' }).waitFor()
        await check()
        await page.getByRole('link', { name: 'Begin' }).click()
        await page.getByRole('heading', { level: 1, name: chapters[0]?.title ?? '' }).waitFor()
        await check()
        await page.getByRole('link', { name: `Done. Next: ${chapters[1]?.title}` }).click()
        await page.getByText('Older pages show').first().waitFor()
        await check()
        await page.getByRole('navigation', { name: 'Lesson' }).getByRole('link', { name: 'Read' }).click()
        await page.getByText('Read', { exact: true }).nth(1).waitFor()
        await check()
      }))

    test('watches a packet stop, and compares a group with an ACL', () =>
      learn(look, async ({ page, check, to }) => {
        await to('/watch')
        await page.getByRole('link', { name: 'The outbound rule goes' }).click()
        await page.getByText('Step 1 of 7').waitFor()
        await check()
        for (let step = 2; step <= 4; step++) await page.getByRole('button', { name: 'Next step' }).click()
        await page.getByText('Denied at the security group').waitFor()
        await page.getByRole('region', { name: 'State table' }).getByText('Cut', { exact: true }).waitFor()
        await check()
        await to('/compare/answers')
        await page.getByText('Denied at the network ACL').waitFor()
        await check()
      }))

    test('keeps the packet of a wrong prediction as a card, until it is predicted right', () =>
      learn(look, async ({ page, check, to }) => {
        const { steps } = playScene(sceneNamed('command-2-authorize'))
        await to('/predict/command-2-authorize')
        for (const [at, step] of steps.entries()) {
          if (step.kind === 'packet') {
            const says = at === 0 ? 'allow' : step.action
            await page.getByRole('button', { name: says === 'allow' ? 'It is allowed' : 'It is denied' }).click()
            await page.getByText(at === 0 ? 'Not as you said.' : 'As you said.').waitFor()
            await check()
          }
          await page.getByRole('button', { name: at === steps.length - 1 ? 'Finish' : 'Next', exact: true }).click()
        }
        await page.getByText('2 of 3 packets predicted').waitFor()
        await check()
        await to('/flashcards')
        await page.getByText('A packet that surprised you').waitFor()
        await page.getByLabel('I say why, too').check()
        await page.getByRole('button', { name: 'It is denied' }).click()
        await check()
        await page.getByRole('button', { name: 'No rule admits it' }).click()
        await page.getByRole('button', { name: 'Next card' }).click()
        await page.getByText(flashcards[0]?.front ?? '').click()
        await page.getByText(flashcards[0]?.back ?? '').waitFor()
        await check()
        await page.getByRole('button', { name: 'I knew it' }).click()
        await page.getByText(`${flashcards.length - 1} cards to go`).waitFor()
        await to('/progress')
        await page
          .getByText('1 of 58')
          .or(page.getByText(/^1 of \d+$/))
          .first()
          .waitFor()
        await check()
        await page.getByRole('button', { name: 'Forget my progress' }).click()
        await check()
        await page.getByRole('dialog').getByRole('button', { name: 'Forget it' }).click()
        await page.getByText('Your progress is forgotten.').waitFor()
        expect(await page.getByText(/^1 of \d+$/).count()).toBe(0)
      }))

    test('takes the five commands as typed, and shows what older pages show', () =>
      learn(look, async ({ page, check, to }) => {
        const steps = drills.find(({ id }) => id === 'five-commands')?.steps ?? []
        await to('/do/five-commands')
        for (const [at, { line }] of steps.entries()) {
          await run(page, line)
          await page.getByText(`${at + 1} of ${steps.length}`, { exact: true }).waitFor()
        }
        await page.getByText('All steps are done.').waitFor()
        expect(await page.getByText('Older pages show').count()).toBe(5)
        const log = page.getByRole('log')
        expect(await log.textContent()).toContain('"RevokedSecurityGroupRules"')
        await run(page, 'aws ec2 describe-everything')
        await log.getByText('Invalid choice').waitFor()
        await check()
      }))

    test.each(['fix-wrong-direction', 'build-web-server'])('turns the goals of %s green', (id) =>
      learn(look, async ({ page, check, to }) => {
        const { kind, goals, solution } = exercises.find((each) => each.id === id) as (typeof exercises)[number]
        await to(`/${kind}/${id}`)
        const list = page.getByRole('region', { name: 'Goals' })
        await list.getByText('Not met:').first().waitFor({ state: 'attached' })
        await page.getByText('Hint').click()
        await page.getByRole('button', { name: 'Show a solution' }).click()
        await page
          .getByText(solution[0] ?? '')
          .first()
          .waitFor()
        await check()
        for (const line of solution) await run(page, line)
        await page.getByText('All goals are met.').waitFor()
        expect(await list.locator('li[data-ok=true]').count()).toBe(goals.length)
        await check()
      }),
    )

    test('asks a question, and refutes the wrong options with packets', () =>
      learn(look, async ({ page, check, to }) => {
        const question = questions[0] as (typeof questions)[number]
        await to('/practice')
        await page.getByRole('link', { name: question.asks }).click()
        await page.getByText('Hint', { exact: true }).click()
        await page.getByText(question.hint).waitFor()
        await check()
        await page.getByText(question.options[answerOf(question)]?.text ?? '').click()
        await page.getByRole('button', { name: 'Answer' }).click()
        await page.getByRole('heading', { name: 'Right', exact: true }).waitFor()
        expect(await page.getByText('The packet that refutes it:').count()).toBe(3)
        await check()
        await page.getByRole('link', { name: 'Next question' }).click()
        await page.getByText(questions[1]?.scenario ?? '').waitFor()
        await to('/practice/endless')
        await page.getByRole('radio').first().check()
        await page.getByRole('button', { name: 'Answer' }).click()
        await page.getByText('Quick check, as the engine played it').waitFor()
        await check()
      }))

    test('examines against the clock; a reload costs no answers', () =>
      learn(look, async ({ page, check, to }) => {
        await to('/exam')
        await page.getByRole('button', { name: 'Start the exam' }).click()
        await page.getByRole('radio').nth(1).check()
        await page.getByRole('button', { name: 'Question 1, answered' }).waitFor()
        await check()
        await page.reload()
        await page.getByRole('button', { name: 'Question 1, answered' }).waitFor()
        expect(await page.getByRole('radio').nth(1).isChecked()).toBe(true)
        await page.getByRole('button', { name: 'Submit the exam' }).click()
        await page.getByRole('button', { name: 'Submit with 14 questions open' }).click()
        await page.getByRole('heading', { name: /^[01] of 15 right: not passed$/ }).waitFor()
        await page.getByRole('region', { name: 'Review' }).locator('summary').first().click()
        await check()
        await page.getByRole('button', { name: 'Another exam' }).click()
        await page.getByRole('button', { name: 'Start the exam' }).waitFor()
      }))
  })

  const desktop: Look = { width: 1280, theme: 'light' }

  test('is predicted with the keyboard alone', () =>
    learn(desktop, async ({ page, to }) => {
      const { steps } = playScene(sceneNamed('answers-by-state'))
      await to('/predict/answers-by-state')
      await page.getByRole('button', { name: 'It is allowed' }).waitFor()
      for (const step of steps) {
        if (step.kind === 'packet') {
          await tabTo(page, step.action === 'allow' ? 'It is allowed' : 'It is denied')
          await page.keyboard.press('Enter')
          await page.getByText('As you said.').waitFor()
        }
        await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/^(Next|Finish)$/)
        await page.keyboard.press('Enter')
      }
      await page.getByText(/^(\d+) of \1 packets predicted$/).waitFor()
    }))

  test('remembers what was typed, and goes on after a backslash', () =>
    learn(desktop, async ({ page, to }) => {
      await to('/do/five-commands')
      const prompt = page.getByRole('textbox', { name: 'Command' })
      await run(page, 'echo one')
      await run(page, 'echo two')
      await prompt.press('ArrowUp')
      await prompt.press('ArrowUp')
      expect(await prompt.inputValue()).toBe('echo one')
      await prompt.press('ArrowDown')
      expect(await prompt.inputValue()).toBe('echo two')
      await prompt.press('ArrowDown')
      await prompt.pressSequentially('echo th\\')
      await prompt.press('Enter')
      await prompt.pressSequentially('ree')
      await prompt.press('Enter')
      await page.getByRole('log').getByText('three', { exact: true }).waitFor()
      await prompt.press('Control+l')
      await page.getByText('Enter runs the line.').waitFor()
    }))

  test('moves its packets, and does not where motion is unwanted', () =>
    learn(desktop, async ({ page, to }) => {
      const moves = () => page.evaluate(() => document.getAnimations().length)
      await to('/watch/answers-by-state')
      await page.getByRole('button', { name: 'Next step' }).click()
      await expect.poll(moves).toBeGreaterThan(0)
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await to('/watch/answers-by-state')
      await page.getByRole('button', { name: 'Next step' }).click()
      await page.getByText('Step 2 of').waitFor()
      expect(await moves()).toBe(0)
    }))

  test('says what is not in it', () =>
    learn(desktop, async ({ page, to }) => {
      for (const path of ['/nowhere', '/read/nowhere', '/fix/build-web-server']) {
        await to(path)
        await page.getByRole('heading', { name: 'Not in the lesson' }).waitFor()
      }
    }))
})

async function run(page: Page, line: string): Promise<void> {
  const prompt = page.getByRole('textbox', { name: 'Command' })
  await prompt.fill(line)
  await prompt.press('Enter')
  await expect.poll(() => prompt.inputValue()).toBe('')
}
