package glasshouse.store.xet;

/** What a shard consists of: files, then xorbs, then perhaps a footer. */
public sealed interface ShardPart permits ShardFile, ShardXorb, ShardFooter {}
