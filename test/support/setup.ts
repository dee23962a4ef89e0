// Loaded before each test file: CommonJS packages that require Nest must find it loaded already.
import 'reflect-metadata';
import '@nestjs/common';
import '@nestjs/core';
import '@nestjs/graphql';
