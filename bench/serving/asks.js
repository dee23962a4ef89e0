/**
 * How each server is asked for the same, and what it answers in the same words: those of the raw server. An ask is
 * `{ op, ... }`; a dialect makes a request of it, and a plain value of the answer.
 */

const TALEGRAPH_NODE = `id key title content isEnding choices { id letter text consequences toNode { id title } }`;
const TALEGRAPH_STORY = `id slug title description category playCount ratingCount author { username }`;
const TALEGRAPH = {
  read: `query Read($id: ID!) { storyNode(id: $id) { ${TALEGRAPH_NODE} } }`,
  draft: `query Draft($id: ID!, $key: String!) { story(id: $id) { draft { node(key: $key) { ${TALEGRAPH_NODE} } } } }`,
  list: `query List { stories(first: 20, orderBy: RECENT) { nodes { ${TALEGRAPH_STORY} } } }`,
  page: `query Page($slug: String!) { story(slug: $slug) { ${TALEGRAPH_STORY} startNode { ${TALEGRAPH_NODE} } } }`,
  flow: `query Flow($id: ID!) { story(id: $id) { nodes(first: 100) { nodes { ${TALEGRAPH_NODE} } } } }`,
  choose: `mutation Choose($input: MakeChoiceInput!) { makeChoice(input: $input) { progress { id step } isEnding nextNode { ${TALEGRAPH_NODE} } } }`,
  start: `mutation Start($id: ID!) { startStory(storyId: $id, input: { restart: true }) { id step currentNode { ${TALEGRAPH_NODE} } } }`,
};

const PEER_NODE = `nodeId nodeKey nodeTitle content isEndingNode
  choices: choicesByFromNodeId(condition: { deletedAt: null }, orderBy: [ORDER_ASC]) {
    choiceId choiceLetter choiceText consequences toNode { nodeId nodeTitle } }`;
const PEER_STORY = `storyId slug title description category playCount ratingCount author { username }`;
const POSTGRAPHILE = {
  read: `query Read($id: BigInt!) { storyNode(nodeId: $id) { ${PEER_NODE} } }`,
  draft: `query Draft($id: BigInt!, $key: String!) { story(storyId: $id) {
    storyNodes(condition: { nodeKey: $key, deletedAt: null }) { ${PEER_NODE} } } }`,
  list: `query List { stories(condition: { isPublished: true }, orderBy: [PUBLISHED_AT_DESC, STORY_ID_DESC], first: 20) { ${PEER_STORY} } }`,
  page: `query Page($slug: String!) { stories(condition: { slug: $slug, isPublished: true, deletedAt: null }) { ${PEER_STORY}
    storyNodes(condition: { isStartingNode: true, deletedAt: null }) { ${PEER_NODE} } } }`,
  flow: `query Flow($id: BigInt!) { story(storyId: $id) {
    storyNodes(condition: { deletedAt: null }, orderBy: [NODE_ID_ASC], first: 100) { ${PEER_NODE} } } }`,
  wholeFlow: `query WholeFlow($id: BigInt!) { story(storyId: $id) {
    storyNodes(condition: { deletedAt: null }, orderBy: [NODE_ID_ASC]) {
      nodeId nodeKey nodeTitle content nodeType isStartingNode isEndingNode
      choices: choicesByFromNodeId(condition: { deletedAt: null }, orderBy: [ORDER_ASC]) {
        choiceId choiceLetter choiceText consequences toNodeId } } } }`,
  choose: `mutation Choose($input: BenchChooseInput!) { benchChoose(input: $input) { result { progressId step currentNode { ${PEER_NODE} } } } }`,
  start: `mutation Start($input: BenchStartPlayingInput!) { benchStartPlaying(input: $input) { result { progressId step currentNode { ${PEER_NODE} } } } }`,
};

const keyOf = (id) => Number(id.slice(4));

const fromTalegraph = {
  node: ({ id, key, title, content, isEnding, choices }) => ({
    ...{ id: keyOf(id), key, title, content, isEnding },
    choices: choices.map(({ id, letter, text, consequences, toNode }) => ({
      ...{ id: keyOf(id), letter, text, consequences },
      to: { id: keyOf(toNode.id), title: toNode.title },
    })),
  }),
  story: ({ id, startNode: _, ...story }) => ({ id: keyOf(id), ...story }),
  /** It tells more than is compared: what readers need of puzzles, dice and media. */
  whole: ({ nodes }) =>
    nodes.map(({ id, key, title, content, type, isStart, isEnding, choices }) => ({
      ...{ id: keyOf(id), key, title, content, type: type.toLowerCase(), isStart, isEnding },
      choices: choices.map(({ id, letter, text, consequences, toNodeId }) => ({
        ...{ id: keyOf(id), letter, text, consequences, to: keyOf(toNodeId) },
      })),
    })),
};

const fromPostgraphile = {
  node: ({ nodeId, nodeKey, nodeTitle, content, isEndingNode, choices }) => ({
    ...{ id: Number(nodeId), key: nodeKey, title: nodeTitle, content, isEnding: isEndingNode },
    choices: choices.map(({ choiceId, choiceLetter, choiceText, consequences, toNode }) => ({
      ...{ id: Number(choiceId), letter: choiceLetter, text: choiceText, consequences },
      to: { id: Number(toNode.nodeId), title: toNode.nodeTitle },
    })),
  }),
  story: ({ storyId, storyNodes: _, ...story }) => ({ id: Number(storyId), ...story }),
  whole: (nodes) =>
    nodes.map(({ nodeId, nodeKey, nodeTitle, content, nodeType, isStartingNode, ...node }) => ({
      ...{ id: Number(nodeId), key: nodeKey, title: nodeTitle, content, type: nodeType },
      ...{ isStart: isStartingNode, isEnding: node.isEndingNode },
      choices: node.choices.map(
        ({ choiceId, choiceLetter, choiceText, consequences, toNodeId }) => ({
          ...{ id: Number(choiceId), letter: choiceLetter, text: choiceText, consequences },
          to: Number(toNodeId),
        }),
      ),
    })),
  play: ({ progressId, step, currentNode }) => ({
    ...{ progressId: Number(progressId), step, isEnding: currentNode.isEndingNode },
    node: fromPostgraphile.node(currentNode),
  }),
};

const graphql = (operations, op, variables) => ({
  method: 'POST',
  path: '/graphql',
  body: { query: operations[op], variables },
});

/** As what is public may be asked for. */
const byGet = (query, variables) => ({
  path: `/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) })}`,
  headers: ['apollo-require-preflight: 1'],
});

/** The data of an answer of GraphQL. */
function dataOf({ data, errors }) {
  if (errors !== undefined) throw new Error(JSON.stringify(errors).slice(0, 1000));
  return data;
}

const talegraph = {
  request({ op, ...ask }) {
    if (op === 'kept') return byGet(TALEGRAPH.read, { id: `nod_${ask.node}` });
    if (op === 'wholeFlow') return { path: `/stories/sty_${ask.story}/flow.json` };
    const variables = {
      read: () => ({ id: `nod_${ask.node}` }),
      draft: () => ({ id: `sty_${ask.story}`, key: ask.key }),
      list: () => ({}),
      page: () => ({ slug: ask.slug }),
      flow: () => ({ id: `sty_${ask.story}` }),
      start: () => ({ id: `sty_${ask.story}` }),
      choose: () => ({
        input: {
          ...{ progressId: `prg_${ask.progress}`, step: ask.step },
          ...{ currentNodeId: `nod_${ask.node}`, choiceId: `cho_${ask.choice}` },
        },
      }),
    };
    return graphql(TALEGRAPH, op, variables[op]());
  },
  answer(op, json) {
    const { node, story, whole } = fromTalegraph;
    if (op === 'wholeFlow') return whole(json);
    const data = dataOf(json);
    const told = {
      read: () => node(data.storyNode),
      kept: () => node(data.storyNode),
      draft: () => node(data.story.draft.node),
      list: () => data.stories.nodes.map(story),
      page: () => ({ ...story(data.story), start: node(data.story.startNode) }),
      flow: () => data.story.nodes.nodes.map(node),
      choose: () => ({
        progressId: keyOf(data.makeChoice.progress.id),
        step: data.makeChoice.progress.step,
        isEnding: data.makeChoice.isEnding,
        node: node(data.makeChoice.nextNode),
      }),
      start: () => ({
        ...{ progressId: keyOf(data.startStory.id), step: data.startStory.step },
        isEnding: data.startStory.currentNode.isEnding,
        node: node(data.startStory.currentNode),
      }),
    };
    return told[op]();
  },
};

const postgraphile = {
  request({ op, ...ask }) {
    const variables = {
      read: () => ({ id: String(ask.node) }),
      draft: () => ({ id: String(ask.story), key: ask.key }),
      list: () => ({}),
      page: () => ({ slug: ask.slug }),
      flow: () => ({ id: String(ask.story) }),
      wholeFlow: () => ({ id: String(ask.story) }),
      start: () => ({ input: { story: String(ask.story) } }),
      choose: () => ({
        input: {
          ...{ progress: String(ask.progress), atStep: ask.step },
          ...{ node: String(ask.node), choice: String(ask.choice) },
        },
      }),
    };
    const request = graphql(POSTGRAPHILE, op, variables[op]());
    const names = { choose: 'Choose', start: 'Start' };
    return { ...request, body: { ...request.body, operationName: names[op] } };
  },
  answer(op, json) {
    const data = dataOf(json);
    const { node, story, whole, play } = fromPostgraphile;
    const told = {
      read: () => node(data.storyNode),
      draft: () => node(data.story.storyNodes[0]),
      list: () => data.stories.map(story),
      page: () => ({ ...story(data.stories[0]), start: node(data.stories[0].storyNodes[0]) }),
      flow: () => data.story.storyNodes.map(node),
      wholeFlow: () => whole(data.story.storyNodes),
      choose: () => play(data.benchChoose.result),
      start: () => play(data.benchStartPlaying.result),
    };
    return told[op]();
  },
};

const raw = {
  request({ op, ...ask }) {
    const write = (body) => ({ method: 'POST', path: `/${op}`, body });
    const requests = {
      read: () => ({ path: `/read/${ask.node}` }),
      kept: () => ({ path: `/read/${ask.node}` }),
      draft: () => ({ path: `/draft/${ask.story}/${ask.key}` }),
      list: () => ({ path: '/list' }),
      page: () => ({ path: `/page/${ask.slug}` }),
      flow: () => ({ path: `/flow/${ask.story}` }),
      wholeFlow: () => ({ path: `/wholeFlow/${ask.story}` }),
      start: () => write([ask.story]),
      choose: () => write([ask.progress, ask.step, ask.node, ask.choice]),
    };
    return requests[op]();
  },
  answer: (op, json) => json,
};

/** The dialect of each server. */
export const DIALECTS = { uncached: talegraph, shipped: talegraph, postgraphile, raw, memory: raw };
