import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';

import { paginateInOrder, type Connection } from '../../graphql/connection.js';
import { constructCounts, linkCounts } from '../formats/twine/fidelity.js';
import { ImportedConstructsArgs, ImportedLinksArgs } from './fidelity.inputs.js';
import {
  ConstructCounts,
  FidelityReport,
  ImportedConstructConnection,
  ImportedLinkConnection,
  LinkCounts,
  toImportedConstruct,
  toImportedLink,
  type ImportedConstruct,
  type ImportedLink,
} from './fidelity.type.js';

@Resolver(() => FidelityReport)
export class FidelityReportResolver {
  @ResolveField(() => LinkCounts, { description: 'How many links there are of each kind.' })
  linkCounts(@Parent() { report }: FidelityReport): LinkCounts {
    return linkCounts(report);
  }

  @ResolveField(() => ConstructCounts, {
    description: 'How many pieces of code there are, by what became of them.',
  })
  constructCounts(@Parent() { report }: FidelityReport): ConstructCounts {
    return constructCounts(report);
  }

  @ResolveField(() => ImportedLinkConnection, {
    description: 'Every link, passage by passage.',
  })
  links(
    @Parent() { report, list }: FidelityReport,
    @Args() { filter, ...page }: ImportedLinksArgs,
  ): Promise<Connection<ImportedLink>> {
    const { kind, isBroken } = filter ?? {};
    const links = report.links.filter(
      (link) => (kind ?? link.kind) === link.kind && (isBroken ?? link.isBroken) === link.isBroken,
    );
    const name = `${list} links ${kind ?? ''} ${isBroken ?? ''}`;
    return paginateInOrder(links, { page, list: name }, toImportedLink);
  }

  @ResolveField(() => ImportedConstructConnection, {
    description: 'Every piece of code, passage by passage.',
  })
  constructs(
    @Parent() { report, list }: FidelityReport,
    @Args() { filter, ...page }: ImportedConstructsArgs,
  ): Promise<Connection<ImportedConstruct>> {
    const outcome = filter?.outcome;
    const constructs = report.constructs.filter(
      (each) => (outcome ?? each.outcome) === each.outcome,
    );
    const name = `${list} constructs ${outcome ?? ''}`;
    return paginateInOrder(constructs, { page, list: name }, toImportedConstruct);
  }
}
