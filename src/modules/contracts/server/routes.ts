// The contracts room's routes, one line each.
import { route } from '../../../kernel/server/module.ts';
import * as api from '../api.ts';
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
  route(api.listRenewals, renewals.list),
  route(api.summariseRenewals, renewals.summary),
  route(api.getRenewal, (ctx, { params }) => renewals.get(ctx, params.id)),
  route(api.updateRenewal, renewals.update),
  route(api.judgeRenewal, renewals.judge),
  route(api.answerCheckpoint, renewals.answer),
  route(api.resolveCheckpoint, renewals.resolve),
  route(api.evaluateScenarios, offers.evaluate),
  route(api.listOffers, (ctx, { params }) => offers.list(ctx, params.id)),
  route(api.createOffer, offers.create),
  route(api.updateOffer, offers.update),
  route(api.removeOffer, (ctx, { params }) => offers.remove(ctx, params.id)),
  route(api.decideRenewal, decide),
  route(api.undoDecision, undoDecision),
  route(api.listApprovals, approvals.list),
  route(api.getApproval, (ctx, { params }) => approvals.get(ctx, params.id)),
  route(api.requestApproval, approvals.request),
  route(api.approveOffer, approvals.approve),
  route(api.refuseOffer, approvals.refuse),
  route(api.withdrawApproval, approvals.withdraw),
  route(api.delegateApproval, approvals.delegate),
  route(api.listConcessions, concessions.list),
  route(api.balanceConcessions, concessions.balance),
  route(api.createConcession, concessions.create),
  route(api.updateConcession, concessions.update),
  route(api.removeConcession, (ctx, { params }) => concessions.remove(ctx, params.id)),
  route(api.getContractSettings, (ctx) => settings.get(ctx)),
  route(api.updateContractSettings, settings.update),
];
