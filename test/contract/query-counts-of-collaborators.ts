import type { Row } from './query-data.js';

/** The lists of those who work on a story together. */
export const OF_COLLABORATORS: readonly Row[] = [
  {
    field: 'Query.myStories',
    of: 'myRole, author and the draft',
    query: `{ myStories(first: 100) { totalCount nodes { myRole author { username } draft { isEmpty } } } }`,
    make: async (data, size) => [await data.drafts(size), {}],
    items: ({ myStories }) => myStories.nodes,
  },
  {
    field: 'Query.sharedStories',
    of: 'myRole, collaborators and the draft',
    query: `{ sharedStories(first: 100) {
      totalCount nodes { myRole collaborators { role user { username } addedBy { username } } draft { isEmpty } }
    } }`,
    make: async (data, size) => [await data.shared(size), {}],
    items: ({ sharedStories }) => sharedStories.nodes,
  },
  {
    field: 'Query.invitations',
    of: 'story, user and invitedBy',
    query: `{ invitations(first: 100) {
      totalCount nodes { role user { username } invitedBy { username } story { title myRole invitations { email } } }
    } }`,
    make: async (data, size) => [await data.invited(size), {}],
    items: ({ invitations }) => invitations.nodes,
  },
  {
    field: 'Query.comments',
    of: 'place, author and the first replies',
    query: `query ($id: ID!) { comments(storyId: $id, first: 100) { totalCount nodes {
      textHtml place { nodeKey isDeleted } author { username } resolvedBy { username } replies(first: 1) { totalCount nodes { text } }
    } } }`,
    make: async (data, size) => {
      const [author, story] = await data.story((size + 2) / 3);
      await data.commentEverywhere(story);
      return [author, story];
    },
    items: ({ comments }) => comments.nodes,
  },
  {
    field: 'Comment.replies',
    of: 'place and author',
    query: `query ($id: ID!) { comments(storyId: $id, first: 1) { nodes {
      replies(first: 100) { totalCount nodes { place { nodeKey } author { username } } }
    } } }`,
    make: async (data, size) => {
      const [author, story] = await data.story(2);
      await data.commentEverywhere(story, size);
      return [author, story];
    },
    items: ({ comments }) => comments.nodes[0].replies.nodes,
  },
  {
    field: 'DraftNode.comments',
    of: 'author, of every node, with who changed it',
    query: `query ($id: ID!) { story(id: $id) { draft { updatedBy { username } nodes(first: 100) { nodes {
      updatedBy { username } comments(first: 1, resolved: false) { totalCount nodes { text author { username } } }
    } } } } }`,
    make: async (data, size) => {
      const [author, story] = await data.story(size);
      await data.commentEverywhere(story);
      return [author, story];
    },
    items: ({ story }) =>
      story.draft.nodes.nodes.flatMap(({ comments }: any) => comments.nodes as unknown[]),
  },
  {
    field: 'DraftChoice.comments',
    of: 'counts, of every choice, with who changed it',
    query: `query ($id: ID!) { story(id: $id) { draft { choices(first: 100) { nodes {
      updatedBy { username } comments(first: 1) { totalCount nodes { place { letter } } }
    } } } } }`,
    make: async (data, size) => {
      const [author, story] = await data.story(size / 2 + 1);
      await data.commentEverywhere(story);
      return [author, story];
    },
    items: ({ story }) =>
      story.draft.choices.nodes.flatMap(({ comments }: any) => comments.nodes as unknown[]),
  },
];
