import { forgetPlace } from './keep-place.ts'
import { cancel, dropAside, openGoal, openPerson } from './pick.ts'
import { currentStep, forget, leadWith, leadWithText, type Play, update } from './play.ts'
import { askAside } from './question.ts'
import type { CommandName } from './system-file.ts'
import { enter, openMenu, repeat } from './walk.ts'

/** Does what a command says. Commands work in any state. */
export function runCommand(play: Play, command: CommandName): void {
  update(play, { misses: 0 })
  switch (command) {
    case 'menu':
      forgetPlace(play)
      openMenu(play)
      return
    case 'kembali':
      goBack(play)
      return
    case 'batal':
      giveUp(play)
      return
    case 'bantuan':
      explain(play)
      return
    case 'petugas':
      openPerson(play)
      return
    case 'berhenti':
    case 'cek_bot':
      openGoal(play, { to: play.flows.system.goesTo[command], title: '' })
      return
  }
}

function goBack(play: Play): void {
  if (play.session.pending !== null) {
    dropAside(play)
    return
  }
  const { flow, trail } = play.session
  const steps = flow === null ? undefined : play.flows.flows.get(flow)?.steps
  // Steps that an edit of the flow took away are passed over.
  const index = trail.findLastIndex(({ step }) => steps?.has(step))
  const back = steps?.get(trail[index]?.step ?? '')
  if (back === undefined) {
    leadWithText(play, 'back_nowhere')
    openMenu(play)
    return
  }
  forget(
    play,
    trail.slice(index).flatMap(({ saved }) => saved),
  )
  update(play, { trail: trail.slice(0, index) })
  enter(play, back.path)
}

function giveUp(play: Play): void {
  const { flow, pending } = play.session
  if (flow === null && pending === null) {
    leadWithText(play, 'nothing_open')
    openMenu(play)
  } else if (pending?.type === 'cancel') cancel(play)
  else if (hasAnswers(play)) askAside(play, { type: 'cancel' })
  else {
    forgetPlace(play)
    leadWithText(play, 'not_done')
    openMenu(play)
  }
}

/** Whether something was answered that giving up would lose. */
function hasAnswers(play: Play): boolean {
  const step = currentStep(play)
  const { flow, trail } = play.session
  if (step === undefined || (step.kind === 'ask' && step.extra)) return false
  const steps = flow === null ? undefined : play.flows.flows.get(flow)?.steps
  return trail.some((waypoint) => steps?.get(waypoint.step)?.kind === 'ask')
}

function explain(play: Play): void {
  leadWithText(play, 'help')
  const step = currentStep(play)
  const { expects } = play.flows.system
  if (step === undefined) {
    if (play.session.pending === null) openMenu(play)
    else repeat(play)
    return
  }
  if (step.kind === 'ask') leadWith(play, expects[step.as])
  if (step.kind === 'choose' || step.kind === 'choose_row') leadWith(play, expects.choose)
  repeat(play)
}
