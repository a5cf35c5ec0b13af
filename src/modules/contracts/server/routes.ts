// The contracts room's routes, one line each.
import { route } from '../../../kernel/server/module.ts';
import * as api from '../api.ts';
import * as offersApi from '../api-offers.ts';
import * as renewalsApi from '../api-renewals.ts';
import { amendContract } from './amendments.ts';
import * as approvals from './approvals.ts';
import * as concessions from './concessions.ts';
import * as contracts from './contracts.ts';
import { decide } from './decide.ts';
import * as offers from './offers.ts';
import * as renewals from './renewals.ts';
import * as settings from './settings.ts';
import { undoDecision } from './undo.ts';

export const routes = [
  route(api.listContracts, contracts.list),
  route(api.getContract, (ctx, { params }) => contracts.get(ctx, params.id)),
  route(api.createContract, contracts.create),
  route(api.updateContract, contracts.update),
  route(api.cancelContract, contracts.cancel),
  route(api.addContractLines, contracts.addLines),
  route(api.updateContractLine, contracts.updateLine),
  route(api.removeContractLine, contracts.removeLine),
  route(api.amendContract, amendContract),
  route(renewalsApi.listRenewals, renewals.list),
  route(renewalsApi.summariseRenewals, renewals.summary),
  route(renewalsApi.getRenewal, (ctx, { params }) => renewals.get(ctx, params.id)),
  route(renewalsApi.updateRenewal, renewals.update),
  route(renewalsApi.judgeRenewal, renewals.judge),
  route(renewalsApi.answerCheckpoint, renewals.answer),
  route(renewalsApi.resolveCheckpoint, renewals.resolve),
  route(offersApi.evaluateScenarios, offers.evaluate),
  route(offersApi.listOffers, (ctx, { params }) => offers.list(ctx, params.id)),
  route(offersApi.createOffer, offers.create),
  route(offersApi.updateOffer, offers.update),
  route(offersApi.removeOffer, (ctx, { params }) => offers.remove(ctx, params.id)),
  route(offersApi.decideRenewal, decide),
  route(offersApi.undoDecision, undoDecision),
  route(offersApi.listApprovals, approvals.list),
  route(offersApi.getApproval, (ctx, { params }) => approvals.get(ctx, params.id)),
  route(offersApi.requestApproval, approvals.request),
  route(offersApi.approveOffer, approvals.approve),
  route(offersApi.refuseOffer, approvals.refuse),
  route(offersApi.withdrawApproval, approvals.withdraw),
  route(offersApi.delegateApproval, approvals.delegate),
  route(offersApi.listConcessions, concessions.list),
  route(offersApi.balanceConcessions, concessions.balance),
  route(offersApi.createConcession, concessions.create),
  route(offersApi.updateConcession, concessions.update),
  route(offersApi.removeConcession, (ctx, { params }) => concessions.remove(ctx, params.id)),
  route(offersApi.getContractSettings, (ctx) => settings.get(ctx)),
  route(offersApi.updateContractSettings, settings.update),
];
