import type { Action } from '../../flow/action.ts'
import type { Transaction } from '../../storage/database.ts'
import { trainingContracts as contracts } from '../training-contracts.ts'
import type { TrainingDeps } from '../training-deps.ts'
import { answerOffer } from './answer-offer.ts'
import { cancelRegistration, changePhone } from './cancel-registration.ts'
import { checkRules } from './check-rules.ts'
import type { RefusalDeps } from './refusal-text.ts'
import { registerForTraining } from './register-for-training.ts'
import { listRegistrations, showRegistration } from './show-registration.ts'

type RegistrationActions = Record<
  | 'check_rules'
  | 'register'
  | 'list_registrations'
  | 'show_registration'
  | 'cancel_registration'
  | 'change_phone'
  | 'answer_offer',
  Action<Transaction>
>

/** What flows may do with registrations. */
export function createRegistrationActions(deps: TrainingDeps & RefusalDeps): RegistrationActions {
  return {
    check_rules: {
      contract: contracts.check_rules,
      run: (input, context) => checkRules(deps, context, contracts.check_rules.inputs.parse(input)),
    },
    register: {
      contract: contracts.register,
      run: (input, context) => registerForTraining(deps, context, contracts.register.inputs.parse(input)),
    },
    list_registrations: {
      contract: contracts.list_registrations,
      run: (_, context) => listRegistrations(deps, context),
    },
    show_registration: {
      contract: contracts.show_registration,
      run(input, context) {
        const { number } = contracts.show_registration.inputs.parse(input)
        return showRegistration(deps, context, number)
      },
    },
    cancel_registration: {
      contract: contracts.cancel_registration,
      run(input, context) {
        const { number } = contracts.cancel_registration.inputs.parse(input)
        return cancelRegistration(deps, context, number)
      },
    },
    change_phone: {
      contract: contracts.change_phone,
      run: (input, context) => changePhone(deps, context, contracts.change_phone.inputs.parse(input)),
    },
    answer_offer: {
      contract: contracts.answer_offer,
      run: (input, context) => answerOffer(deps, context, contracts.answer_offer.inputs.parse(input)),
    },
  }
}
