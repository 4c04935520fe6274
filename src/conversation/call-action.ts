import type { ActionContext, Actions, Values } from '../flow/action.ts'
import type { Transaction } from '../storage/database.ts'

/** Calls an action. Throws when there is none of the name, or when it is not called or does not answer as it promises. */
export async function callAction(
  actions: Actions<Transaction>,
  name: string,
  input: Values,
  context: ActionContext<Transaction>,
): Promise<{ outcome: string; values: Values }> {
  const action = actions[name]
  if (action === undefined) throw new Error(`no action ${name}`)
  action.contract.inputs.parse(input)
  const result = await action.run(input, context)
  const promised = action.contract.outcomes[result.outcome]
  if (promised === undefined)
    throw new Error(`${name} gave an outcome it does not promise: ${result.outcome}`)
  promised.parse(result.values)
  return result
}
